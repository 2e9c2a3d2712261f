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

package io.github.workerman.protocol.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.PathPattern;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a handshake. The one that accepts has the lines, the spelling and the
 * order of Workerman's; the others say in their body what is wrong.
 */
final class HandshakeResponses {

	private static final byte[] ACCEPT = ascii("""
			HTTP/1.1 101 Switching Protocols
			Upgrade: websocket
			Sec-WebSocket-Version: 13
			Connection: Upgrade
			Sec-WebSocket-Accept:\s""".replace("\n", "\r\n"));

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	/* Record of the type alert, TLS 1.0, two bytes: fatal, handshake failure */
	private static final byte[] TLS_ALERT = { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28 };

	private static final Set<String> OWN = Set.of("connection", "upgrade", "content-type", "content-length",
			"transfer-encoding");

	private static final Map<String, String> UPGRADE = Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13");

	private HandshakeResponses() {
	}

	static void accept(HandshakeRequest request, @Nullable String subprotocol, @Nullable String extensions,
			HandshakeDecision decision, ByteBuf out) {
		out.writeBytes(ACCEPT).writeBytes(acceptKey(request.header("sec-websocket-key")));
		StringBuilder rest = new StringBuilder("\r\n");
		if (subprotocol != null) {
			line(rest, "Sec-WebSocket-Protocol", subprotocol);
		}
		if (extensions != null) {
			line(rest, "Sec-WebSocket-Extensions", extensions);
		}
		application(decision).forEach((name, value) -> line(rest, name, value));
		out.writeBytes(rest.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	/* The application's fields without those that are not for it to decide. */
	private static Map<String, String> application(HandshakeDecision decision) {
		Map<String, String> fields = new LinkedHashMap<>(decision.headers());
		fields.keySet().removeIf((name) -> {
			String lowerCase = name.toLowerCase(Locale.ROOT);
			return OWN.contains(lowerCase) || lowerCase.startsWith("sec-websocket-");
		});
		return fields;
	}

	private static byte[] acceptKey(@Nullable String key) {
		try {
			return Base64.getEncoder().encode(MessageDigest.getInstance("SHA-1").digest(ascii(key + GUID)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

	static HandshakeException rejected(HandshakeDecision decision) {
		RejectReason reason = (decision.status() < 500) ? RejectReason.VETO : RejectReason.ERROR;
		String text = decision.text().isEmpty() ? phrase(decision.status()) : decision.text();
		return new HandshakeException(reason, text, response(decision.status(), text, application(decision), true));
	}

	static HandshakeException malformed(String message) {
		return error(RejectReason.MALFORMED, 400, message);
	}

	static HandshakeException timeout() {
		return error(RejectReason.TIMEOUT, 408, "the handshake was not complete in time");
	}

	static HandshakeException tooLarge(int limit) {
		return error(RejectReason.HEADER_TOO_LARGE, 431, "the request header is larger than " + limit + " bytes");
	}

	static HandshakeException methodNotAllowed(String method) {
		String message = "a websocket is opened with GET, not " + method;
		return new HandshakeException(RejectReason.METHOD, message,
				response(405, message, Map.of("Allow", "GET"), !method.equals("HEAD")));
	}

	static HandshakeException unknownVersion() {
		String message = "the websocket version must be 13 (RFC 6455)";
		return new HandshakeException(RejectReason.VERSION, message, response(426, message, UPGRADE, true));
	}

	static HandshakeException notFound(List<PathPattern> paths) {
		String all = paths.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
		return error(RejectReason.PATH, 404, "nothing is served here, "
				+ ((paths.size() == 1) ? "the websocket is at " : "websockets are at ") + all);
	}

	static HandshakeException tlsRequired(String path) {
		String message = "this port speaks TLS, and the request came without: use wss://host:port" + path + " or https";
		return error(RejectReason.NOT_TLS, 400, message);
	}

	static HandshakeException upgradeRequired(boolean secure, @Nullable String host, String path) {
		String message = "this port speaks websocket (RFC 6455), not plain HTTP";
		String body = message + ".\nUse a websocket client, for instance new WebSocket(\""
				+ (secure ? "wss://" : "ws://") + ((host != null) ? host : "host:port") + path
				+ "\") in a page. Behind a proxy, make sure that it passes the Upgrade and Connection fields on";
		return new HandshakeException(RejectReason.NOT_WEBSOCKET, message, response(426, body, UPGRADE, true));
	}

	static HandshakeException error(RejectReason reason, int status, String message) {
		return new HandshakeException(reason, message, response(status, message, Map.of(), true));
	}

	static byte[] tlsAlert() {
		return TLS_ALERT.clone();
	}

	private static byte[] response(int status, String text, Map<String, String> fields, boolean withBody) {
		byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(phrase(status));
		head.append("\r\n");
		line(head, "Content-Type", "text/plain; charset=utf-8");
		line(head, "Content-Length", String.valueOf(body.length));
		line(head, "Connection", fields.containsKey("Upgrade") ? "Upgrade, close" : "close");
		fields.forEach((name, value) -> line(head, name, value));
		byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
		if (!withBody) {
			return start;
		}
		byte[] response = new byte[start.length + body.length];
		System.arraycopy(start, 0, response, 0, start.length);
		System.arraycopy(body, 0, response, start.length, body.length);
		return response;
	}

	private static void line(StringBuilder head, String name, String value) {
		head.append(name).append(": ").append(value).append("\r\n");
	}

	private static String phrase(int status) {
		return switch (status) {
			case 400 -> "Bad Request";
			case 401 -> "Unauthorized";
			case 403 -> "Forbidden";
			case 404 -> "Not Found";
			case 405 -> "Method Not Allowed";
			case 408 -> "Request Timeout";
			case 409 -> "Conflict";
			case 410 -> "Gone";
			case 426 -> "Upgrade Required";
			case 429 -> "Too Many Requests";
			case 431 -> "Request Header Fields Too Large";
			case 500 -> "Internal Server Error";
			case 503 -> "Service Unavailable";
			case 505 -> "HTTP Version Not Supported";
			default -> (status < 500) ? "Rejected" : "Error";
		};
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
