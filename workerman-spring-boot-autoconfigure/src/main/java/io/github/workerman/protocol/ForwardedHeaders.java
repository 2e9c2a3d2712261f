/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.workerman.protocol;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP proxies say about a client: the field {@code Forwarded} (RFC 7239), or the
 * fields {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}.
 * Each proxy adds at the end where its own peer comes from, so what counts is the last
 * address that is not that of a trusted proxy; what stands before it, anybody may have
 * written.
 *
 * @param client where the client comes from, with port 0 if that is not known
 * @param secure whether the client speaks TLS with its proxy, or {@code null} if that is
 * not said
 * @param host the host that the client asked for, perhaps with a port, or {@code null} if
 * that is not said or not valid
 */
public record ForwardedHeaders(SocketAddress client, @Nullable Boolean secure, @Nullable String host) {

	private static final int LARGEST_PORT = 0xFFFF;

	private static final Pattern HOST = Pattern
		.compile("(?:\\[[0-9A-Fa-f:.]+(?:%25[\\w.~-]+)?]|[A-Za-z0-9._~!$&'()*+;=%-]+)(?::\\d{0,5})?");

	/**
	 * Evaluates the fields.
	 * @param trusted the proxies whose word is taken
	 * @param peer where the request comes from
	 * @param forwarded the values of {@code Forwarded}, as all in the order of the fields
	 * @param forwardedFor the values of {@code X-Forwarded-For}
	 * @param forwardedProto the values of {@code X-Forwarded-Proto}
	 * @param forwardedHost the values of {@code X-Forwarded-Host}
	 * @return what they say, or {@code null} if the peer is not trusted or there are none
	 * @throws IllegalArgumentException if {@code Forwarded} and {@code X-Forwarded-For}
	 * name different clients: one of them is not the proxy's; or if a quoted string in
	 * {@code Forwarded} does not end
	 */
	public static @Nullable ForwardedHeaders of(TrustedProxies trusted, SocketAddress peer, List<String> forwarded,
			List<String> forwardedFor, List<String> forwardedProto, List<String> forwardedHost) {
		boolean none = forwarded.isEmpty() && forwardedFor.isEmpty() && forwardedProto.isEmpty()
				&& forwardedHost.isEmpty();
		if (none || !trusted.contains(peer)) {
			return null;
		}
		List<ForwardedElement> elements = ForwardedElement.parse(forwarded);
		SocketAddress standard = client(trusted, peer, elements.stream().map(ForwardedElement::node).toList());
		SocketAddress usual = client(trusted, peer, elements(forwardedFor));
		if (!forwarded.isEmpty() && !forwardedFor.isEmpty() && !isSameHost(standard, usual)) {
			throw new IllegalArgumentException("Forwarded and X-Forwarded-For contradict each other");
		}
		String proto = first(elements(forwardedProto));
		String host = first(elements(forwardedHost));
		for (ForwardedElement element : elements) {
			proto = (proto != null) ? proto : element.proto();
			host = (host != null) ? host : element.host();
		}
		return new ForwardedHeaders(forwardedFor.isEmpty() ? standard : usual, secure(proto),
				(host != null && HOST.matcher(host).matches()) ? host : null);
	}

	private static List<String> elements(List<String> values) {
		List<String> elements = new ArrayList<>();
		for (String value : values) {
			for (String element : value.split(",", -1)) {
				elements.add(element.strip());
			}
		}
		return elements;
	}

	private static @Nullable String first(List<String> elements) {
		return (elements.isEmpty() || elements.get(0).isEmpty()) ? null : elements.get(0);
	}

	private static @Nullable Boolean secure(@Nullable String proto) {
		if (proto == null) {
			return null;
		}
		return switch (proto.toLowerCase(Locale.ROOT)) {
			case "https", "wss" -> true;
			case "http", "ws" -> false;
			default -> null;
		};
	}

	private static boolean isSameHost(SocketAddress one, SocketAddress other) {
		return (one instanceof InetSocketAddress first && other instanceof InetSocketAddress second)
				? first.getAddress().equals(second.getAddress()) : one.equals(other);
	}

	/**
	 * Goes from proxy to proxy, as long as these are trusted and say an address.
	 */
	private static SocketAddress client(TrustedProxies trusted, SocketAddress peer, List<String> nodes) {
		SocketAddress client = peer;
		for (int i = nodes.size() - 1; i >= 0; i--) {
			InetSocketAddress node = parseNode(nodes.get(i));
			if (node == null) {
				return client;
			}
			client = node;
			if (!trusted.contains(node)) {
				return client;
			}
		}
		return client;
	}

	private static @Nullable InetSocketAddress parseNode(String text) {
		int bracket = text.indexOf(']');
		if (text.startsWith("[") && bracket > 0) {
			return address(text.substring(1, bracket), text.substring(bracket + 1), true);
		}
		int colon = text.indexOf(':');
		if (colon >= 0 && colon == text.lastIndexOf(':')) {
			return address(text.substring(0, colon), text.substring(colon), false);
		}
		return address(text, "", colon >= 0);
	}

	private static @Nullable InetSocketAddress address(String host, String colonPort, boolean ipv6) {
		boolean valid = ipv6 ? NetUtil.isValidIpV6Address(host) && host.indexOf('%') < 0
				: NetUtil.isValidIpV4Address(host);
		byte[] bytes = valid ? NetUtil.createByteArrayFromIpAddressString(host) : null;
		if (bytes == null || !(colonPort.isEmpty() || colonPort.startsWith(":"))) {
			return null;
		}
		try {
			return new InetSocketAddress(InetAddress.getByAddress(bytes), port(colonPort));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int port(String colonPort) {
		if (!colonPort.matches(":\\d{1,5}")) {
			return 0;
		}
		int port = Integer.parseInt(colonPort.substring(1));
		return (port <= LARGEST_PORT) ? port : 0;
	}

}
