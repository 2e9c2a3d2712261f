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

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;

/**
 * What the head of a request says of its target, its body and its connection, as far as
 * nobody behind or in front of this server can understand it differently: the fields that
 * frame the body must be there once and unmistakable. {@link HttpHeadReader} hands it
 * line by line; from {@link #check} on it stays as it is.
 */
final class HttpHead {

	/* What is made here has been checked. */
	private static final HttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory().withValidation(false);

	private static final int LONGEST_LENGTH = 18;

	/* All of it, from the request line to the empty line. */
	private final byte[] bytes;

	private int targetFrom;

	private int targetTo;

	private int fields;

	private boolean get;

	/* Asks for nothing but a response, after which the connection stays. */
	private boolean simple = true;

	private int minor;

	private int hosts;

	private int hostFrom;

	private int hostTo;

	private int lengths;

	private int codings;

	private long contentLength = -1;

	private boolean upgrade;

	private boolean http2;

	HttpHead(byte[] bytes) {
		this.bytes = bytes;
	}

	// ---- what it says

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
		while (end < this.targetTo && this.bytes[end] != '?') {
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
			while (this.bytes[colon] != ':') {
				colon++;
			}
			int end = colon + 1;
			while (this.bytes[end] != '\r') {
				end++;
			}
			int valueFrom = HttpBytes.skipBlanks(this.bytes, colon + 1, end);
			headers.add(new AsciiString(this.bytes, from, colon - from, false), new String(this.bytes, valueFrom,
					HttpBytes.skipBlanksBack(this.bytes, valueFrom, end) - valueFrom, StandardCharsets.US_ASCII));
			from = end + 2;
		}
		return headers;
	}

	// ---- how it comes to say it

	/**
	 * The request line is the one of the preface of HTTP/2.
	 */
	void preface() {
		this.http2 = true;
	}

	/**
	 * The request line has been read.
	 * @param target where the target begins
	 * @param targetEnd where it ends
	 * @param minor the minor version
	 * @param ascii whether the target is plain ASCII
	 */
	void request(int target, int targetEnd, int minor, boolean ascii) {
		this.get = target == 4 && this.bytes[0] == 'G' && this.bytes[1] == 'E' && this.bytes[2] == 'T';
		this.targetFrom = target;
		this.targetTo = targetEnd;
		this.minor = minor;
		this.simple &= ascii;
	}

	/**
	 * The fields begin.
	 * @param from where they do
	 */
	void fields(int from) {
		this.fields = from;
	}

	/**
	 * A field has been read.
	 * @param name where its name begins
	 * @param colon where that ends
	 * @param lineEnd where the line ends
	 * @param ascii whether the value is plain ASCII
	 * @throws HttpRefusal if it is one that matters here and not valid
	 */
	void field(int name, int colon, int lineEnd, boolean ascii) throws HttpRefusal {
		this.simple &= ascii;
		int from = HttpBytes.skipBlanks(this.bytes, colon + 1, lineEnd);
		int to = HttpBytes.skipBlanksBack(this.bytes, from, lineEnd);
		switch (colon - name) {
			case 4 -> {
				if (isAscii(name, colon, "host")) {
					this.hosts++;
					this.hostFrom = from;
					this.hostTo = to;
					if (!HttpAddress.isHost(this.bytes, from, to)) {
						throw host();
					}
				}
			}
			case 6 -> this.simple &= !isAscii(name, colon, "expect");
			case 7 -> {
				if (isAscii(name, colon, "upgrade")) {
					this.simple = false;
					this.upgrade |= HttpBytes.lists(this.bytes, from, to, "websocket");
				}
			}
			case 10 -> this.simple &= !isAscii(name, colon, "connection") || isAscii(from, to, "keep-alive");
			case 14 -> {
				if (isAscii(name, colon, "content-length")) {
					this.lengths++;
					this.contentLength = length(from, to);
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

	private boolean isAscii(int from, int to, String lowerCase) {
		return HttpBytes.isAscii(this.bytes, from, to, lowerCase);
	}

	private long length(int from, int to) throws HttpRefusal {
		if (from == to) {
			throw HttpRefusal.malformed("the content length is not valid");
		}
		long value = 0;
		for (int i = from; i < to; i++) {
			if (!HttpBytes.isDigit(this.bytes[i])) {
				throw HttpRefusal.malformed("the content length is not valid");
			}
			value = (to - from > LONGEST_LENGTH) ? Long.MAX_VALUE : value * 10 + this.bytes[i] - '0';
		}
		return value;
	}

	/**
	 * All fields have been read.
	 * @throws HttpRefusal if they do not go together
	 */
	void check() throws HttpRefusal {
		if (this.hosts > 1 || (this.hosts == 0 && this.minor > 0)) {
			throw host();
		}
		if (this.hosts == 1 && !isHostOfTarget()) {
			throw HttpRefusal.malformed("there are different hosts");
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
		if (this.minor == 0 && this.lengths == 0 && !this.http2 && hasBodyAlways()) {
			throw new HttpRefusal(411, "HTTP/1.0 needs the length of the body");
		}
	}

	/* RFC 9112 section 3.2.2: a target that names a host counts more than the field. */
	private boolean isHostOfTarget() {
		int from = HttpAddress.authority(this.bytes, this.targetFrom, this.targetTo);
		if (from == this.targetFrom) {
			return true;
		}
		int to = HttpAddress.authorityEnd(this.bytes, from, this.targetTo);
		return new String(this.bytes, from, to - from, StandardCharsets.US_ASCII).equalsIgnoreCase(
				new String(this.bytes, this.hostFrom, this.hostTo - this.hostFrom, StandardCharsets.US_ASCII));
	}

	/* RFC 1945 sections 8.3 and D.1.1; version 1.1 has no body where it says nothing. */
	private boolean hasBodyAlways() {
		String method = new String(this.bytes, 0, this.targetFrom - 1, StandardCharsets.US_ASCII);
		return method.equals("POST") || method.equals("PUT");
	}

	private static HttpRefusal host() {
		return HttpRefusal.malformed("there must be one valid Host field");
	}

}
