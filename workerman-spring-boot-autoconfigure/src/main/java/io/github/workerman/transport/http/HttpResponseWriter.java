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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses of HTTP/1.1 that are complete: head and body as one piece of bytes.
 * Usable by several event loops.
 */
final class HttpResponseWriter {

	/* Bytes, or characters, from which a body is sent in pieces. */
	private static final int LARGE = 256 * 1024;

	private static final byte[] EMPTY = {};

	private static final byte[] VERSION = ascii("HTTP/1.1 ");

	private static final byte[] LENGTH = ascii("content-length: ");

	private static final int LINE_BREAK = '\r' << 8 | '\n';

	/** Room for the status line, the length and the date. */
	private static final int ALLOWANCE = 160;

	private final HttpFileWriter files = new HttpFileWriter(this);

	private final ResponseClock clock;

	/* Most responses of a server have the same fields; whichever thread wrote last. */
	private @Nullable Fields recent;

	HttpResponseWriter(ResponseClock clock) {
		this.clock = clock;
	}

	HttpFileWriter files() {
		return this.files;
	}

	/**
	 * Tells whether a response can be written here.
	 * @param response the response
	 * @return whether its body is there and not large, or in a file
	 */
	static boolean takes(HttpResponse response) {
		Object body = response.body();
		return body == null || body instanceof FileBody
				|| ((body instanceof String || body instanceof byte[]) && !isLarge(body));
	}

	/**
	 * Tells whether a body is too large to be copied as a whole, for a peer that may
	 * never take it.
	 */
	static boolean isLarge(Object body) {
		return (body instanceof byte[] bytes && bytes.length > LARGE)
				|| (body instanceof String text && text.length() > LARGE);
	}

	/**
	 * Writes a response.
	 * @param allocator where buffers come from
	 * @param response the response
	 * @param body its body
	 * @return the bytes
	 */
	ByteBuf write(ByteBufAllocator allocator, HttpResponse response, byte[] body) {
		return writeHead(allocator, response, body.length, body.length).writeBytes(body);
	}

	/**
	 * Writes all but the body of a response.
	 * @param allocator where buffers come from
	 * @param response the response
	 * @param length the length of its body, none where the status allows no body
	 * @param room how many bytes there is to be room for behind it
	 * @return the bytes
	 */
	ByteBuf writeHead(ByteBufAllocator allocator, HttpResponse response, long length, int room) {
		Fields fields = fields(response);
		ByteBuf out = allocator.buffer(ALLOWANCE + fields.bytes().length + room);
		writeStatus(out, response.status());
		out.writeBytes(fields.bytes());
		if (!fields.dated()) {
			out.writeBytes(this.clock.now().line());
		}
		if (mayHaveBody(response)) {
			out.writeBytes(LENGTH);
			writeNumber(out, length);
			out.writeShort(LINE_BREAK);
		}
		return out.writeShort(LINE_BREAK);
	}

	/**
	 * Returns the bytes of a body.
	 * @param response the response, which {@link #takes} says yes to
	 * @return the bytes, none where the status allows no body
	 */
	byte[] body(HttpResponse response) {
		Object body = response.body();
		if (!mayHaveBody(response)) {
			return EMPTY;
		}
		if (body instanceof String text) {
			return text.getBytes(fields(response).charset());
		}
		return (body instanceof byte[] bytes) ? bytes : EMPTY;
	}

	/**
	 * Tells whether a response has a length at all.
	 */
	static boolean mayHaveBody(HttpResponse response) {
		return response.status() != 204 && response.status() != 304;
	}

	private static void writeStatus(ByteBuf out, int status) {
		HttpResponseStatus known = HttpResponseStatus.valueOf(status);
		out.writeBytes(VERSION);
		out.writeCharSequence(known.codeAsText(), StandardCharsets.US_ASCII);
		out.writeByte(' ');
		out.writeCharSequence(known.reasonPhrase(), StandardCharsets.US_ASCII);
		out.writeShort(LINE_BREAK);
	}

	private static void writeNumber(ByteBuf out, long number) {
		if (number < 10) {
			out.writeByte((int) ('0' + number));
		}
		else {
			out.writeCharSequence(Long.toString(number), StandardCharsets.US_ASCII);
		}
	}

	private Fields fields(HttpResponse response) {
		Fields known = this.recent;
		if (known == null || known.of() != response.headers()) {
			known = Fields.of(response);
			this.recent = known;
		}
		return known;
	}

	/**
	 * Returns the character set of a body that is text.
	 * @param response the response
	 * @return what its content type names, UTF-8 if that is none which can be written
	 */
	static Charset charsetOf(HttpResponse response) {
		String type = response.header("Content-Type");
		Charset named = (type != null) ? HttpUtil.getCharset(type, StandardCharsets.UTF_8) : StandardCharsets.UTF_8;
		return named.canEncode() ? named : StandardCharsets.UTF_8;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Tells whether a field is the connection's and not the handler's.
	 * @param name the name of a field
	 * @return whether the server sets it itself
	 */
	static boolean isOwn(String name) {
		return switch (name.length()) {
			case 10 -> name.equalsIgnoreCase("connection");
			case 14 -> name.equalsIgnoreCase("content-length");
			case 17 -> name.equalsIgnoreCase("transfer-encoding");
			default -> false;
		};
	}

	/**
	 * The fields of a response as they are written, what the type says of the body, and
	 * whether there is a date.
	 */
	private record Fields(Map<String, List<String>> of, byte[] bytes, Charset charset, boolean dated) {

		static Fields of(HttpResponse response) {
			StringBuilder text = new StringBuilder();
			response.headers().forEach((name, values) -> {
				if (!isOwn(name)) {
					values.forEach((value) -> text.append(name).append(": ").append(value).append("\r\n"));
				}
			});
			return new Fields(response.headers(), text.toString().getBytes(StandardCharsets.ISO_8859_1),
					charsetOf(response), response.header("Date") != null);
		}

	}

}
