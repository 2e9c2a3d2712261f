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

package io.github.workerman.sample.chat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A websocket client that shows every byte.
 */
final class RawWebSocket implements AutoCloseable {

	private final Socket socket;

	private final DataInputStream in;

	RawWebSocket(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
		this.in = new DataInputStream(this.socket.getInputStream());
	}

	void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	/**
	 * Sends a short text in one masked frame.
	 */
	void send(String text) throws IOException {
		write(maskedFrame(text, new byte[] { (byte) 0x9C, 0x26, 0x5F, (byte) 0xE1 }));
	}

	static byte[] maskedFrame(String text, byte[] mask) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		if (payload.length > 125) {
			throw new IllegalArgumentException("Too long: " + payload.length);
		}
		byte[] frame = new byte[payload.length + 6];
		frame[0] = (byte) 0x81;
		frame[1] = (byte) (0x80 | payload.length);
		System.arraycopy(mask, 0, frame, 2, 4);
		for (int i = 0; i < payload.length; i++) {
			frame[6 + i] = (byte) (payload[i] ^ mask[i % 4]);
		}
		return frame;
	}

	/**
	 * Reads an HTTP response without a body.
	 */
	String readResponse() throws IOException {
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		while (!response.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			response.write(this.in.readByte());
		}
		return response.toString(StandardCharsets.ISO_8859_1);
	}

	byte[] read(int length) throws IOException {
		byte[] bytes = new byte[length];
		this.in.readFully(bytes);
		return bytes;
	}

	/**
	 * Tells whether nothing more has come than what was read.
	 */
	boolean isSilent() throws IOException {
		return this.in.available() == 0;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
