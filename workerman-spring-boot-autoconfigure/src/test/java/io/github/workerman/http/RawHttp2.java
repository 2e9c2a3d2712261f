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

package io.github.workerman.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.workerman.testsupport.RawSocket;

/**
 * A peer that speaks HTTP/2 frame by frame (RFC 9113), as well or as badly as a test
 * wants.
 */
public final class RawHttp2 implements AutoCloseable {

	public static final int DATA = 0;

	public static final int HEADERS = 1;

	public static final int RST_STREAM = 3;

	public static final int SETTINGS = 4;

	public static final int PING = 6;

	public static final int GOAWAY = 7;

	public static final int WINDOW_UPDATE = 8;

	public static final int END_STREAM = 1;

	public static final int END_HEADERS = 4;

	private final RawSocket socket;

	private ByteArrayOutputStream held;

	private RawHttp2(RawSocket socket) {
		this.socket = socket;
	}

	/**
	 * Sends the preface and reads the server's settings.
	 */
	public static RawHttp2 open(RawSocket socket) {
		RawHttp2 peer = new RawHttp2(socket);
		socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
		// No table of the server's own (RFC 9113 section 6.5.2): see Frame.status().
		peer.send(SETTINGS, 0, 0, new byte[] { 0, 1, 0, 0, 0, 0 });
		return peer;
	}

	RawSocket socket() {
		return this.socket;
	}

	public void send(int type, int flags, int stream, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
		frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
		frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
		if (this.held != null) {
			this.held.writeBytes(frame.array());
		}
		else {
			this.socket.write(frame.array());
		}
	}

	/**
	 * Sends frames in one go, so that the server cannot close the connection in between.
	 * @param frames sends them
	 */
	void sendTogether(Runnable frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		this.held = bytes;
		frames.run();
		this.held = null;
		this.socket.write(bytes.toByteArray());
	}

	/**
	 * Sends a request without a body.
	 */
	void get(int stream, String path) {
		send(HEADERS, END_HEADERS | END_STREAM, stream,
				fields(":method", "GET", ":scheme", "http", ":path", path, ":authority", "localhost"));
	}

	/**
	 * Encodes fields as literals (RFC 7541 section 6.2.2).
	 */
	public static byte[] fields(String... namesAndValues) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			out.write(0);
			string(out, namesAndValues[i]);
			string(out, namesAndValues[i + 1]);
		}
		return out.toByteArray();
	}

	private static void string(ByteArrayOutputStream out, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		if (bytes.length < 127) {
			out.write(bytes.length);
		}
		else {
			int rest = bytes.length - 127;
			out.write(127);
			while (rest >= 128) {
				out.write(rest % 128 + 128);
				rest /= 128;
			}
			out.write(rest);
		}
		out.writeBytes(bytes);
	}

	Frame read() {
		ByteBuffer header = ByteBuffer.wrap(this.socket.read(9));
		int length = (header.get() & 0xFF) << 16 | header.getShort() & 0xFFFF;
		int type = header.get();
		int flags = header.get();
		int stream = header.getInt();
		return new Frame(type, flags, stream, this.socket.read(length));
	}

	/**
	 * Reads frames until one of a type comes.
	 */
	public Frame await(int type) {
		while (true) {
			Frame frame = read();
			if (frame.type() == type) {
				return frame;
			}
			if (frame.type() == GOAWAY) {
				throw new AssertionError("The server says goodbye: " + frame.text(8));
			}
		}
	}

	@Override
	public void close() {
		this.socket.close();
	}

	public record Frame(int type, int flags, int stream, byte[] payload) {

		/**
		 * Returns what a response says of its status, if it is one of those with an index
		 * (RFC 7541 appendix A), else what it writes out.
		 */
		int status() {
			int start = 0;
			while ((this.payload[start] & 0xE0) == 0x20) {
				// The size of the table, which is none.
				start++;
			}
			return switch (this.payload[start] & 0xFF) {
				case 0x88 -> 200;
				case 0x89 -> 204;
				case 0x8A -> 206;
				case 0x8B -> 304;
				case 0x8C -> 400;
				case 0x8D -> 404;
				case 0x8E -> 500;
				default -> literalStatus(start + 1);
			};
		}

		/* Digits in Huffman's code have five bits, or six from 3 on (RFC 7541 B). */
		private int literalStatus(int start) {
			int length = this.payload[start] & 0x7F;
			if ((this.payload[start] & 0x80) == 0) {
				return Integer.parseInt(new String(this.payload, start + 1, length, StandardCharsets.US_ASCII));
			}
			long bits = 0;
			for (int i = 0; i < length; i++) {
				bits = bits << 8 | this.payload[start + 1 + i] & 0xFF;
			}
			int left = length * 8;
			int status = 0;
			for (int digit = 0; digit < 3; digit++) {
				int five = (int) (bits >> (left - 5)) & 0x1F;
				if (five < 3) {
					status = status * 10 + five;
					left -= 5;
				}
				else {
					status = status * 10 + ((int) (bits >> (left - 6)) & 0x3F) - 0x19 + 3;
					left -= 6;
				}
			}
			return status;
		}

		int error() {
			return ByteBuffer.wrap(this.payload, (this.type == GOAWAY) ? 4 : 0, 4).getInt();
		}

		String text(int from) {
			return new String(this.payload, from, this.payload.length - from, StandardCharsets.UTF_8);
		}

	}

}
