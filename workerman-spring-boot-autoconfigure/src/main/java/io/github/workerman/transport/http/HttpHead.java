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
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;

/**
 * Reads the head of a request as strictly as RFC 9112 allows, so that nobody behind or in
 * front of this server can understand it differently: the fields that frame the body must
 * be there once and unmistakable.
 */
final class HttpHead {

	private static final boolean[] TOKEN = new boolean[128];

	static {
		for (char character : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			.toCharArray()) {
			TOKEN[character] = true;
		}
	}

	private static final String PREFACE = "PRI * HTTP/2.0\r\n";

	private static final String VERSION = "HTTP/";

	/* What is made here has been checked. */
	private static final HttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory().withValidation(false);

	private static final int LONGEST_METHOD = 24;

	private static final int LONGEST_LENGTH = 18;

	/* All of it, from the request line to the empty line. */
	private final byte[] bytes;

	private int position;

	private int targetFrom;

	private int targetTo;

	private int fields;

	private boolean get;

	/* Asks for nothing but a response, after which the connection stays. */
	private boolean simple = true;

	private int minor;

	private int hosts;

	private int lengths;

	private int codings;

	private long contentLength = -1;

	private boolean upgrade;

	private boolean http2;

	private HttpHead(byte[] bytes) {
		this.bytes = bytes;
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

	private static HttpHead read(byte[] bytes) throws HttpRefusal {
		HttpHead head = new HttpHead(bytes);
		head.requestLine();
		head.fields = head.position;
		while (head.position < bytes.length - 2) {
			head.field();
		}
		head.check();
		return head;
	}

	/**
	 * Makes a head of what a request of HTTP/2 has in its place.
	 * @throws HttpRefusal if it would not be valid in HTTP/1.1
	 */
	static HttpHead of(String method, String target, List<String> hosts, List<String> lengths) throws HttpRefusal {
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

	/**
	 * Returns the size of the request's target in bytes.
	 */
	int targetSize() {
		return this.targetTo - this.targetFrom;
	}

	/**
	 * Tells whether this is not a request but the beginning of the preface of HTTP/2 (RFC
	 * 9113 section 3.4).
	 */
	boolean isHttp2() {
		return this.http2;
	}

	/**
	 * Returns the declared length of the body.
	 * @return the length, -1 for none, {@link Long#MAX_VALUE} for one that is too long to
	 * be counted
	 */
	long contentLength() {
		return this.contentLength;
	}

	boolean isChunked() {
		return this.codings == 1;
	}

	boolean isUpgrade() {
		return this.upgrade;
	}

	/**
	 * Returns the path as it was sent.
	 */
	String path() {
		int end = this.targetFrom;
		while (end < this.targetTo && at(end) != '?') {
			end++;
		}
		return new String(this.bytes, this.targetFrom, end - this.targetFrom, StandardCharsets.UTF_8);
	}

	/**
	 * Returns the target as it was sent.
	 */
	String target() {
		return new String(this.bytes, this.targetFrom, this.targetTo - this.targetFrom, StandardCharsets.US_ASCII);
	}

	/**
	 * Tells whether this is a {@code GET} request of version 1.1 in plain ASCII, without
	 * a body and without anything that concerns more than its response.
	 */
	boolean isSimpleGet() {
		return this.get && this.simple && this.minor == 1 && this.contentLength <= 0 && this.codings == 0;
	}

	/**
	 * Makes objects of the fields.
	 */
	HttpHeaders headers() {
		HttpHeaders headers = HEADERS.newHeaders();
		int from = this.fields;
		while (from < this.bytes.length - 2) {
			int colon = from;
			while (at(colon) != ':') {
				colon++;
			}
			int end = colon + 1;
			while (at(end) != '\r') {
				end++;
			}
			int valueFrom = skipBlanks(colon + 1, end);
			headers.add(new AsciiString(this.bytes, from, colon - from, false), new String(this.bytes, valueFrom,
					skipBlanksBack(valueFrom, end) - valueFrom, StandardCharsets.US_ASCII));
			from = end + 2;
		}
		return headers;
	}

	private byte at(int index) {
		return this.bytes[index];
	}

	private void requestLine() throws HttpRefusal {
		int start = 0;
		int i = start;
		while (isToken(at(i))) {
			i++;
		}
		if (i == start || at(i) != ' ' || i - start > LONGEST_METHOD) {
			throw HttpRefusal.malformed("the request line is not valid");
		}
		if (isPreface(start)) {
			this.http2 = true;
			this.position = start + PREFACE.length();
			return;
		}
		boolean options = isAscii(start, i, "options");
		boolean connect = isAscii(start, i, "connect");
		int target = ++i;
		while (isTargetByte(at(i))) {
			this.simple &= at(i) >= 0;
			i++;
		}
		if (i == target || at(i) != ' ' || connect || !isTarget(target, i, options)) {
			throw HttpRefusal.malformed("the request target is not valid");
		}
		this.get = target == 4 && at(0) == 'G' && at(1) == 'E' && at(2) == 'T';
		this.targetFrom = target;
		this.targetTo = i;
		version(i + 1);
	}

	private boolean isPreface(int start) {
		for (int i = 0; i < PREFACE.length(); i++) {
			if (start + i >= this.bytes.length || at(start + i) != PREFACE.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/* Bytes above ASCII ought to be percent-encoded; what they mean is clear enough. */
	private static boolean isTargetByte(byte value) {
		return value < 0 || (value > ' ' && value < 0x7F && value != '#');
	}

	private boolean isTarget(int from, int to, boolean options) {
		if (at(from) == '/') {
			return isDecodable(from, to);
		}
		if (to - from == 1 && at(from) == '*') {
			return options;
		}
		int slashes = isAsciiPrefix(from, to, "http://") ? 7 : isAsciiPrefix(from, to, "https://") ? 8 : 0;
		return slashes != 0 && to - from > slashes && at(from + slashes) != '/' && at(from + slashes) != '?'
				&& isDecodable(from, to);
	}

	/*
	 * Every percent sign of the path begins two hexadecimal digits, none of them a zero
	 * byte.
	 */
	private boolean isDecodable(int from, int to) {
		for (int i = from; i < to && at(i) != '?'; i++) {
			if (at(i) == '%') {
				if (i + 2 >= to || hex(at(i + 1)) < 0 || hex(at(i + 2)) < 0 || hex(at(i + 1)) + hex(at(i + 2)) == 0) {
					return false;
				}
			}
		}
		return true;
	}

	private void version(int from) throws HttpRefusal {
		int i = from;
		for (int j = 0; j < VERSION.length(); j++) {
			if (at(i++) != VERSION.charAt(j)) {
				throw HttpRefusal.malformed("the request line is not valid");
			}
		}
		byte major = at(i);
		byte digit = at(i + 2);
		if (!isDigit(major) || at(i + 1) != '.' || !isDigit(digit) || at(i + 3) != '\r' || at(i + 4) != '\n') {
			throw HttpRefusal.malformed("the request line is not valid");
		}
		if (major != '1' || digit > '1') {
			throw new HttpRefusal(505, "this server speaks version 1.1");
		}
		this.minor = digit - '0';
		this.position = i + 5;
	}

	private void field() throws HttpRefusal {
		int name = this.position;
		int colon = name;
		while (isToken(at(colon))) {
			colon++;
		}
		if (at(colon) != ':' || colon == name) {
			throw HttpRefusal.malformed((at(name) == ' ' || at(name) == '\t') ? "header fields must not be folded"
					: "the name of a header field is not valid");
		}
		int end = colon + 1;
		byte all = 0;
		while (at(end) != '\r') {
			byte value = at(end);
			all |= value;
			if ((value >= 0 && value < ' ' && value != '\t') || value == 0x7F) {
				throw HttpRefusal.malformed("a header field holds a control character");
			}
			end++;
		}
		if (at(end + 1) != '\n') {
			throw HttpRefusal.malformed("a header field holds a control character");
		}
		this.simple &= all >= 0;
		this.position = end + 2;
		interpret(name, colon, end);
	}

	private void interpret(int name, int colon, int lineEnd) throws HttpRefusal {
		int from = skipBlanks(colon + 1, lineEnd);
		int to = skipBlanksBack(from, lineEnd);
		switch (colon - name) {
			case 4 -> {
				if (isAscii(name, colon, "host")) {
					this.hosts++;
					checkHost(from, to);
				}
			}
			case 6 -> this.simple &= !isAscii(name, colon, "expect");
			case 7 -> {
				if (isAscii(name, colon, "upgrade")) {
					this.simple = false;
					this.upgrade |= isAscii(from, to, "websocket");
				}
			}
			case 10 -> this.simple &= !isAscii(name, colon, "connection") || isAscii(from, to, "keep-alive");
			case 14 -> {
				if (isAscii(name, colon, "content-length")) {
					this.lengths++;
					length(from, to);
				}
			}
			case 17 -> {
				if (isAscii(name, colon, "transfer-encoding")) {
					this.codings++;
					if (!isAscii(from, to, "chunked")) {
						throw HttpRefusal.malformed("the only transfer encoding is chunked");
					}
				}
			}
			default -> {
				// of no interest here
			}
		}
	}

	private int skipBlanks(int from, int to) {
		int i = from;
		while (i < to && isBlank(at(i))) {
			i++;
		}
		return i;
	}

	private int skipBlanksBack(int from, int to) {
		int i = to;
		while (i > from && isBlank(at(i - 1))) {
			i--;
		}
		return i;
	}

	private void checkHost(int from, int to) throws HttpRefusal {
		int i = from;
		if (i < to && at(i) == '[') {
			while (i < to && at(i) != ']') {
				if (hex(at(i)) < 0 && at(i) != ':' && at(i) != '.' && at(i) != '[') {
					throw host();
				}
				i++;
			}
			i++;
		}
		else {
			while (i < to && isHostByte(at(i))) {
				i++;
			}
		}
		boolean valid = i > from && i <= to;
		if (valid && i < to) {
			valid = at(i) == ':' && to - i <= 6;
			for (int j = i + 1; j < to; j++) {
				valid &= isDigit(at(j));
			}
		}
		if (!valid) {
			throw host();
		}
	}

	private static boolean isHostByte(byte value) {
		return value > ' ' && value < 0x7F && ":/?#[]@,\"<>\\^`{|}".indexOf(value) < 0;
	}

	private static HttpRefusal host() {
		return HttpRefusal.malformed("there must be one valid Host field");
	}

	private void length(int from, int to) throws HttpRefusal {
		if (from == to) {
			throw HttpRefusal.malformed("the content length is not valid");
		}
		long value = 0;
		for (int i = from; i < to; i++) {
			if (!isDigit(at(i))) {
				throw HttpRefusal.malformed("the content length is not valid");
			}
			value = (to - from > LONGEST_LENGTH) ? Long.MAX_VALUE : value * 10 + at(i) - '0';
		}
		this.contentLength = value;
	}

	private void check() throws HttpRefusal {
		if (this.hosts > 1 || (this.hosts == 0 && this.minor > 0)) {
			throw host();
		}
		if (this.lengths > 1) {
			throw HttpRefusal.malformed("there is more than one content length");
		}
		if (this.codings > 1 || (this.codings == 1 && this.lengths == 1)) {
			throw HttpRefusal.malformed("the length of the body is ambiguous");
		}
		if (this.codings == 1 && this.minor == 0) {
			throw HttpRefusal.malformed("HTTP/1.0 has no transfer encoding");
		}
	}

	private boolean isAscii(int from, int to, String lowerCase) {
		return to - from == lowerCase.length() && isAsciiPrefix(from, to, lowerCase);
	}

	private boolean isAsciiPrefix(int from, int to, String lowerCase) {
		if (to - from < lowerCase.length()) {
			return false;
		}
		for (int i = 0; i < lowerCase.length(); i++) {
			byte value = at(from + i);
			if (((value >= 'A' && value <= 'Z') ? value + 32 : value) != lowerCase.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	static boolean isToken(byte value) {
		return value >= 0 && TOKEN[value];
	}

	static int hex(byte value) {
		return Character.digit(value, 16);
	}

	private static boolean isDigit(byte value) {
		return value >= '0' && value <= '9';
	}

	private static boolean isBlank(byte value) {
		return value == ' ' || value == '\t';
	}

}
