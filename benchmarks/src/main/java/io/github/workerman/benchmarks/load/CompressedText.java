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

package io.github.workerman.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One message that is compressed, and the server's echo of it.
 */
final class CompressedText {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final byte[] text;

	private final byte[] compressed;

	CompressedText(int size) {
		this.text = new byte[size];
		for (int i = 0; i < size; i++) {
			this.text[i] = (byte) ('a' + i % 23);
		}
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(this.text);
		byte[] buffer = new byte[2 * size + 100];
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		deflater.end();
		this.compressed = Arrays.copyOf(buffer, length - TAIL.length);
	}

	byte[] compressed() {
		return this.compressed;
	}

	/**
	 * Tells whether a payload is that of the echo, compressed by the server.
	 * @param bytes contains the payload
	 * @param from its first byte
	 * @param to behind its last byte
	 * @return whether it becomes the text
	 */
	boolean matches(byte[] bytes, int from, int to) {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.write(bytes, from, to - from);
		payload.writeBytes(TAIL);
		byte[] inflated = new byte[this.text.length + 1];
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(payload.toByteArray());
			int length = inflater.inflate(inflated);
			return length == this.text.length && Arrays.equals(inflated, 0, length, this.text, 0, length);
		}
		catch (DataFormatException ex) {
			return false;
		}
		finally {
			inflater.end();
		}
	}

}
