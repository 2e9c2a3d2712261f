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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.workerman.connection.MessageKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Moves payloads between buffers and the objects that handlers see. Usable from any
 * thread.
 */
public final class Payloads {

	/** From this length on, in characters, {@link #writeAscii} is worth trying. */
	public static final int LONG_TEXT = 2048;

	private static final int SCRATCH_SIZE = 64 * 1024;

	/*
	 * Direct memory cannot become a string without an array in between; one per thread
	 * saves an allocation for every message.
	 */
	private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
		@Override
		protected byte[] initialValue() {
			return new byte[SCRATCH_SIZE];
		}
	};

	private Payloads() {
	}

	/**
	 * Reads bytes as text or binary.
	 * @param in where to read
	 * @param length how many bytes
	 * @param kind what to make of them
	 * @return a {@code String} or a {@code byte[]}
	 */
	public static Object read(ByteBuf in, int length, MessageKind kind) {
		return (kind == MessageKind.TEXT) ? readText(in, length) : readBytes(in, length);
	}

	/**
	 * Reads UTF-8. Malformed input becomes U+FFFD.
	 * @param in where to read
	 * @param length how many bytes
	 * @return the text
	 */
	public static String readText(ByteBuf in, int length) {
		if (in.hasArray()) {
			String text = new String(in.array(), in.arrayOffset() + in.readerIndex(), length, StandardCharsets.UTF_8);
			in.skipBytes(length);
			return text;
		}
		byte[] bytes = scratch(length);
		in.readBytes(bytes, 0, length);
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	/**
	 * Reads bytes.
	 * @param in where to read
	 * @param length how many bytes
	 * @return a new array
	 */
	public static byte[] readBytes(ByteBuf in, int length) {
		byte[] bytes = new byte[length];
		in.readBytes(bytes);
		return bytes;
	}

	/**
	 * Returns an array for use until the calling thread asks for the next one.
	 * @param length the least length
	 * @return an array with arbitrary content
	 */
	public static byte[] scratch(int length) {
		return (length <= SCRATCH_SIZE) ? SCRATCH.get() : new byte[length];
	}

	/**
	 * Tells whether an object is a payload, text or bytes.
	 * @param message the object
	 * @return whether it is a {@code String}, {@code byte[]} or {@link ByteBuffer}
	 */
	public static boolean isPayload(Object message) {
		return message instanceof String || message instanceof byte[] || message instanceof ByteBuffer;
	}

	/**
	 * Makes text of UTF-8 and accepts nothing else.
	 * @param bytes holds the bytes
	 * @param offset where they begin
	 * @param length how many there are
	 * @return the text
	 * @throws ProtocolException with 1007 if the bytes are not valid
	 */
	public static String strictText(byte[] bytes, int offset, int length) throws ProtocolException {
		String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
		// The replacement character stands for malformed input, unless it was sent.
		if (text.indexOf('\uFFFD') >= 0 && !Utf8Validator.isValid(bytes, offset, offset + length)) {
			throw ProtocolException.invalidText();
		}
		return text;
	}

	/**
	 * Appends a payload: text as UTF-8, where lone surrogates become question marks, and
	 * bytes as they are.
	 * @param message a {@code String}, {@code byte[]} or {@link ByteBuffer}
	 * @param out takes the bytes
	 * @throws IllegalArgumentException if the message is of another type
	 */
	public static void write(Object message, ByteBuf out) {
		if (message instanceof String text) {
			if (text.length() < LONG_TEXT || !writeAscii(text, out)) {
				out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
			}
		}
		else if (message instanceof byte[] bytes) {
			out.writeBytes(bytes);
		}
		else if (message instanceof ByteBuffer buffer) {
			out.writeBytes(buffer.duplicate());
		}
		else {
			throw new IllegalArgumentException("Cannot encode " + message.getClass().getName());
		}
	}

	/**
	 * Appends text if all of it is ASCII, one byte for each character, without an array
	 * of its size in between; worth it from {@link #LONG_TEXT} on. A protocol that
	 * announces the size in front announces the length of the text, and begins again if
	 * this returns {@code false}.
	 * @param text the text
	 * @param out takes the bytes
	 * @return whether the text has been appended; otherwise nothing has
	 */
	public static boolean writeAscii(String text, ByteBuf out) {
		return AsciiEncoder.encode(text, out);
	}

	/**
	 * Returns how many bytes {@link #write} appends.
	 * @param message the message
	 * @return the number of bytes, or -1 if the message is of another type
	 */
	public static int size(Object message) {
		if (message instanceof String text) {
			return ByteBufUtil.utf8Bytes(text);
		}
		if (message instanceof byte[] bytes) {
			return bytes.length;
		}
		return (message instanceof ByteBuffer buffer) ? buffer.remaining() : -1;
	}

	/**
	 * Returns a number that {@link #size} does not exceed, at no cost.
	 * @param message the message
	 * @return the bound in bytes, or -1 if the message is of another type
	 */
	public static long sizeBound(Object message) {
		if (message instanceof String text) {
			return text.length() * 3L;
		}
		return size(message);
	}

}
