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

package io.github.workerman.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Reads the lines of a request's head as strictly as RFC 9112 allows. Every byte is
 * looked at once; what the lines say is up to {@link HttpHead}.
 */
final class HttpHeadReader {

	private static final String PREFACE = "PRI * HTTP/2.0\r\n";

	private static final String VERSION = "HTTP/";

	private static final int LONGEST_METHOD = 24;

	private HttpHeadReader() {
	}

	/**
	 * Reads a head.
	 * @param in holds it
	 * @param from where the request line begins
	 * @param to after the empty line
	 */
	static HttpHead read(ByteBuf in, int from, int to) throws HttpRefusal {
		byte[] bytes = new byte[to - from];
		in.getBytes(from, bytes);
		return read(bytes);
	}

	/**
	 * Makes a head of what a request of HTTP/2 has in its place.
	 * @throws HttpRefusal if it would not be valid in HTTP/1.1
	 */
	static HttpHead read(String method, String target, List<String> hosts, List<String> lengths) throws HttpRefusal {
		StringBuilder text = new StringBuilder(64 + target.length());
		text.append(line(method)).append(' ').append(line(target)).append(" HTTP/1.1\r\n");
		for (String host : hosts) {
			text.append("host:").append(line(host)).append("\r\n");
		}
		for (String length : lengths) {
			text.append("content-length:").append(line(length)).append("\r\n");
		}
		return read(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
	}

	private static String line(String text) throws HttpRefusal {
		if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
			throw HttpRefusal.malformed("the request holds a control character");
		}
		return text;
	}

	private static HttpHead read(byte[] bytes) throws HttpRefusal {
		HttpHead head = new HttpHead(bytes);
		int position = requestLine(bytes, head);
		head.fields(position);
		while (position < bytes.length - 2) {
			position = field(bytes, position, head);
		}
		head.check();
		return head;
	}

	private static int requestLine(byte[] bytes, HttpHead head) throws HttpRefusal {
		int method = 0;
		while (HttpBytes.isToken(bytes[method])) {
			method++;
		}
		if (method == 0 || bytes[method] != ' ' || method > LONGEST_METHOD) {
			throw HttpRefusal.malformed("the request line is not valid");
		}
		if (isPreface(bytes)) {
			head.preface();
			return PREFACE.length();
		}
		int target = method + 1;
		int end = target;
		byte all = 0;
		while (HttpAddress.isTargetByte(bytes[end])) {
			all |= bytes[end];
			end++;
		}
		boolean options = HttpBytes.isAscii(bytes, 0, method, "options");
		boolean connect = HttpBytes.isAscii(bytes, 0, method, "connect");
		if (end == target || bytes[end] != ' ' || connect || !HttpAddress.isTarget(bytes, target, end, options)) {
			throw HttpRefusal.malformed("the request target is not valid");
		}
		int minor = minorVersion(bytes, end + 1);
		head.request(target, end, minor, all >= 0);
		return end + 1 + VERSION.length() + "1.1\r\n".length();
	}

	private static boolean isPreface(byte[] bytes) {
		for (int i = 0; i < PREFACE.length(); i++) {
			if (i >= bytes.length || bytes[i] != PREFACE.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private static int minorVersion(byte[] bytes, int from) throws HttpRefusal {
		int i = from;
		for (int j = 0; j < VERSION.length(); j++) {
			if (bytes[i++] != VERSION.charAt(j)) {
				throw HttpRefusal.malformed("the request line is not valid");
			}
		}
		byte major = bytes[i];
		byte minor = bytes[i + 2];
		if (!HttpBytes.isDigit(major) || bytes[i + 1] != '.' || !HttpBytes.isDigit(minor) || bytes[i + 3] != '\r'
				|| bytes[i + 4] != '\n') {
			throw HttpRefusal.malformed("the request line is not valid");
		}
		if (major != '1' || minor > '1') {
			throw new HttpRefusal(505, "this server speaks version 1.1");
		}
		return minor - '0';
	}

	private static int field(byte[] bytes, int name, HttpHead head) throws HttpRefusal {
		int colon = name;
		while (HttpBytes.isToken(bytes[colon])) {
			colon++;
		}
		if (bytes[colon] != ':' || colon == name) {
			throw HttpRefusal.malformed(HttpBytes.isBlank(bytes[name]) ? "header fields must not be folded"
					: "the name of a header field is not valid");
		}
		int end = colon + 1;
		byte all = 0;
		while (bytes[end] != '\r') {
			byte value = bytes[end];
			all |= value;
			if (HttpBytes.isControl(value)) {
				throw HttpRefusal.malformed("a header field holds a control character");
			}
			end++;
		}
		if (bytes[end + 1] != '\n') {
			throw HttpRefusal.malformed("a header field holds a control character");
		}
		head.field(name, colon, end, all >= 0);
		return end + 2;
	}

}
