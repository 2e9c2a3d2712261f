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

package io.github.workerman.server;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.workerman.http.HttpSettings;
import io.github.workerman.http.WebSocketSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.transport.tls.TlsClientAuth;
import io.github.workerman.transport.udp.UdpSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Finds what is wrong with the values of one {@link ServerDefinition}.
 */
final class ServerDefinitionCheck {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

	/* A token of RFC 9110 section 5.6.2. */
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	/* A path of RFC 3986 section 3.3, without anything that has to be encoded first. */
	private static final Pattern PATH = Pattern.compile("/[^\\s?#\\p{Cntrl}]*");

	/* An origin of RFC 6454 section 6.2, or a pattern whose host begins with "*.". */
	private static final Pattern ORIGIN = Pattern
		.compile("[A-Za-z][A-Za-z0-9+.-]*://(\\[[0-9A-Fa-f:.]+]|(?:\\*\\.)?[^\\s/:?#@,\\[\\]*]+)(:\\d{1,5})?");

	private static final Set<Integer> LENGTH_BYTES = Set.of(1, 2, 3, 4, 8);

	private static final Pattern MODE = Pattern.compile("([r-][w-][x-]){3}");

	/* What fits sockaddr_un on all systems. */
	private static final int MAX_PATH = 103;

	private static final int MAX_OFFSET = 1024;

	private static final Pattern SERVER_NAME = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

	private final String server;

	ServerDefinitionCheck(String server) {
		this.server = server;
		if (!NAME.matcher(server).matches()) {
			throw failure(null, server, "has a name that cannot be used",
					"Use letters, digits, dashes and underscores, beginning with a letter or digit.");
		}
	}

	ServerDefinitionCheck check(String protocol, int port, int threads, SocketSettings socket) {
		text("protocol", protocol);
		if (port < 0 || port > 65535) {
			throw failure("port", port, "has port " + port + ", which does not exist",
					"Use 1 to 65535, or 0 for any free port.");
		}
		if (threads < 0) {
			throw failure("threads", threads, "has a negative number of threads",
					"Use 1 or more for event loops of its own, or 0 to share the application's.");
		}
		if (socket.backlog() < 1) {
			throw failure("backlog", socket.backlog(), "has a backlog of " + socket.backlog(), "Use 1 or more.");
		}
		return this;
	}

	ServerDefinitionCheck subprotocols(List<String> subprotocols) {
		for (String subprotocol : subprotocols) {
			if (!TOKEN.matcher(subprotocol).matches()) {
				throw failure("subprotocols", subprotocol, "has sub-protocol '" + subprotocol + "'",
						"A sub-protocol is an HTTP token without white space, comma or slash, for instance 'chat.v1'.");
			}
		}
		return this;
	}

	ServerDefinitionCheck origins(List<String> origins) {
		for (String origin : origins) {
			if (!isOrigin(origin)) {
				throw failure("allowed-origins", origin, "allows origin '" + origin + "'",
						"An origin has a scheme, a host and perhaps a port, but no path, for instance "
								+ "'https://chat.example.com' or 'https://*.example.com'; '*' stands for all.");
			}
		}
		return this;
	}

	private static boolean isOrigin(String origin) {
		return origin.equals("*") || origin.equals("null") || ORIGIN.matcher(origin).matches();
	}

	ServerDefinitionCheck size(String property, DataSize size, long max) {
		if (size.toBytes() <= 0 || size.toBytes() > max) {
			throw failure(property, size, "has a " + property + " of " + size, (size.toBytes() <= 0)
					? "Use a positive size, for instance 1MB." : "Use at most " + max + " bytes, just below 2GB.");
		}
		return this;
	}

	ServerDefinitionCheck positive(String property, Duration duration) {
		if (duration.isNegative() || duration.isZero()) {
			throw failure(property, duration, "has a " + property + " of " + duration,
					"Use a positive duration, for instance 5s.");
		}
		return this;
	}

	ServerDefinitionCheck notNegative(String property, Duration duration, String zero) {
		if (duration.isNegative()) {
			throw failure(property, duration, "has a " + property + " of " + duration,
					"Use a duration such as 20s, or 0s " + zero + ".");
		}
		return this;
	}

	ServerDefinitionCheck http(HttpSettings http) {
		positive("http.request-timeout", http.requestTimeout());
		notNegative("http.idle-timeout", http.idleTimeout(), "to let connections wait for ever");
		notNegative("http.send-timeout", http.sendTimeout(), "to let clients keep responses waiting for ever");
		size("http.max-target-size", http.maxTargetSize(), Integer.MAX_VALUE);
		size("http.upload-threshold", http.uploadThreshold(), Integer.MAX_VALUE);
		int streams = http.http2().maxConcurrentStreams();
		if (streams < 1) {
			throw failure("http2.max-concurrent-streams", streams, "has a http2.max-concurrent-streams of " + streams,
					"Use 1 or more, for instance 100.");
		}
		return this;
	}

	ServerDefinitionCheck webSocket(String protocol, WebSocketSettings websocket) {
		String property = protocol.equals("http") ? "websocket.path" : "path";
		Map<String, String> shapes = new HashMap<>();
		for (String path : websocket.paths()) {
			String problem = PATH.matcher(path).matches() ? problemOf(path, shapes)
					: "A path begins with a slash and contains no white space, '?' or '#'";
			if (problem != null) {
				throw failure(property, path, "has path '" + path + "'",
						problem + ". Use paths such as '/chat' and '/rooms/{id}'.");
			}
		}
		return this;
	}

	private static @Nullable String problemOf(String path, Map<String, String> shapes) {
		try {
			String other = shapes.putIfAbsent(new PathPattern(path).shape(), path);
			return (other != null) ? "The same paths fit '" + other + "'" : null;
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage();
		}
	}

	ServerDefinitionCheck ssl(SslSettings ssl) {
		if (!ssl.isActive()) {
			if (ssl.enabled() && !ssl.equals(SslSettings.OFF)) {
				throw failure("ssl.bundle", null, "says how TLS is spoken, but has no certificate",
						"Set the name of an SSL bundle, or ssl.enabled=false.");
			}
			return this;
		}
		if (ssl.optional() && ssl.clientAuth() == TlsClientAuth.NEED) {
			throw failure("ssl.optional", true, "needs certificates of peers, and lets them do without TLS",
					"Use one of ssl.optional=true and ssl.client-auth=need.");
		}
		ssl.serverNames().forEach((name, bundle) -> {
			if (!SERVER_NAME.matcher(name).matches()) {
				throw failure("ssl.server-names", name, "has server name '" + name + "'",
						"A server name is a host name such as 'chat.example.com' or '*.example.com', in brackets in YAML: "
								+ "\"[*.example.com]\"." + asciiForm(name));
			}
		});
		return this;
	}

	private static String asciiForm(String name) {
		try {
			String ascii = IDN.toASCII(name);
			return SERVER_NAME.matcher(ascii).matches()
					? " Names of other letters are written in their ASCII form, here '" + ascii + "'." : "";
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	ServerDefinitionCheck text(String property, String value) {
		if (value.isBlank()) {
			throw failure(property, value, "has an empty " + property, "Set it or leave it out.");
		}
		return this;
	}

	ServerDefinitionCheck frame(FrameSettings frame) {
		if (!LENGTH_BYTES.contains(frame.lengthBytes())) {
			throw failure("frame.length-bytes", frame.lengthBytes(),
					"has a length field of " + frame.lengthBytes() + " bytes", "Use 1, 2, 3, 4 or 8.");
		}
		if (frame.offset() < 0 || frame.offset() > MAX_OFFSET) {
			throw failure("frame.offset", frame.offset(), "has a length field at offset " + frame.offset(),
					"Use 0 to " + MAX_OFFSET + ", the number of bytes before the length field.");
		}
		String problem = problemOf(frame);
		if (problem != null) {
			throw failure("frame.delimiter", frame.delimiter(), "has a delimiter that " + problem,
					"Use text with \\n, \\r, \\t, \\0, \\\\ or \\x and two hexadecimal digits for single bytes, "
							+ "for instance '\\r\\n' or '\\x03'.");
		}
		return this;
	}

	ServerDefinitionCheck unix(UnixSettings unix, @Nullable InetAddress address, int port) {
		if (unix.mode() != null && !MODE.matcher(unix.mode()).matches()) {
			throw failure("unix.mode", unix.mode(), "has a unix.mode of '" + unix.mode() + "'",
					"Write it as 'ls' does, for instance rw-rw---- for the owner and the group.");
		}
		if (unix.path() == null) {
			return this;
		}
		if (!unix.path().isAbsolute() || unix.path().toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
			throw failure("address", "unix:" + unix.path(), "has a Unix domain socket at '" + unix.path() + "'",
					"Use an absolute path of at most " + MAX_PATH + " bytes, for instance unix:/run/app/chat.sock.");
		}
		if (address != null || port != 0) {
			throw failure("port", port, "listens on a Unix domain socket and on a port",
					"Remove the port, or use an IP address.");
		}
		return this;
	}

	ServerDefinitionCheck udp(UdpSettings udp, @Nullable InetAddress address) {
		new MulticastCheck(this.server).check(udp, address);
		return this;
	}

	private static @Nullable String problemOf(FrameSettings frame) {
		try {
			return (frame.delimiterBytes().length == 0) ? "is empty" : null;
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage();
		}
	}

	private ServerConfigurationException failure(@Nullable String property, @Nullable Object value, String problem,
			String action) {
		return new ServerConfigurationException(this.server, property, value, problem, action);
	}

}
