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

package io.github.workerman.testsupport;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A websocket client that sends the bytes it is told to, valid or not, and shows the
 * frames that come back as they are. Answers nothing by itself.
 */
public final class RawWebSocket extends RawSocket {

	/** Final frame of a text message. */
	public static final int TEXT = 0x81;

	/** Final frame of a binary message. */
	public static final int BINARY = 0x82;

	/** Last continuation frame of a message. */
	public static final int CONTINUATION = 0x80;

	/** Close frame. */
	public static final int CLOSE = 0x88;

	/** Ping frame. */
	public static final int PING = 0x89;

	/** Pong frame. */
	public static final int PONG = 0x8A;

	/** To be taken away from the first byte of a frame that is not the last. */
	public static final int FIN = 0x80;

	private static final int MASK = 0x37FA213D;

	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private RawWebSocket(Socket socket) {
		super(socket);
	}

	/**
	 * Connects to a port of this machine and asks for a websocket at {@code /}.
	 * @param port the port
	 * @return the client, whose handshake has been accepted
	 */
	public static RawWebSocket open(int port) {
		return open(port, "/", 0);
	}

	/**
	 * Connects to a port of this machine and asks for a websocket.
	 * @param port the port
	 * @param target path and query
	 * @param receiveBuffer the size of the receive buffer in bytes, 0 for the system's
	 * default
	 * @return the client, whose handshake has been accepted
	 */
	public static RawWebSocket open(int port, String target, int receiveBuffer) {
		return open(RawSocket.open(port, receiveBuffer), target);
	}

	/**
	 * Asks for a websocket on a socket that is connected already, such as one with TLS.
	 * @param socket the socket
	 * @param target path and query
	 * @return the client, whose handshake has been accepted
	 */
	public static RawWebSocket open(Socket socket, String target) {
		RawWebSocket client = new RawWebSocket(socket);
		client.write(request(target));
		Response response = client.readResponse();
		if (response.status() != 101 || !acceptKey().equals(response.header("sec-websocket-accept"))) {
			throw new AssertionError("No websocket: " + response);
		}
		return client;
	}

	/**
	 * Connects to a port of this machine and sends nothing.
	 * @param port the port
	 * @return the client
	 */
	public static RawWebSocket connect(int port) {
		return new RawWebSocket(RawSocket.open(port, 0));
	}

	/**
	 * Returns the request of a handshake.
	 * @param target path and query
	 * @param fields further header fields
	 * @return the request
	 */
	public static String request(String target, String... fields) {
		StringBuilder request = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
		request.append("Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
		request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(KEY).append("\r\n");
		for (String field : fields) {
			request.append(field).append("\r\n");
		}
		return request.append("\r\n").toString();
	}

	private static String acceptKey() {
		try {
			byte[] key = (KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a masked frame.
	 * @param first the first byte: FIN, reserved bits and opcode
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] frame(int first, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
		frame.put((byte) first);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 0x10000) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		frame.putInt(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i % 4)))));
		}
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

	/**
	 * Makes a masked frame.
	 * @param first the first byte: FIN, reserved bits and opcode
	 * @param payload the payload, as UTF-8
	 * @return the frame
	 */
	public static byte[] frame(int first, String payload) {
		return frame(first, payload.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes a masked close frame.
	 * @param code the code
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] closeFrame(int code, String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return frame(CLOSE, ByteBuffer.allocate(2 + utf8.length).putShort((short) code).put(utf8).array());
	}

	/**
	 * Joins bytes, for one write.
	 * @param parts the parts
	 * @return the bytes of all parts
	 */
	public static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	/**
	 * Sends a text message.
	 * @param text the text
	 */
	public void sendText(String text) {
		write(frame(TEXT, text));
	}

	/**
	 * Sends a binary message.
	 * @param bytes the bytes
	 */
	public void sendBinary(byte[] bytes) {
		write(frame(BINARY, bytes));
	}

	/**
	 * Sends a close frame.
	 * @param code the code
	 * @param text the text
	 */
	public void sendClose(int code, String text) {
		write(closeFrame(code, text));
	}

	/**
	 * Reads the next frame.
	 * @return the frame
	 * @throws AssertionError if it is masked or has a reserved bit set
	 */
	public Frame readFrame() {
		return readFrame(0);
	}

	/**
	 * Reads the next frame.
	 * @param reserved the reserved bits that may be set, as in the first byte
	 * @return the frame
	 * @throws AssertionError if it is masked or has another reserved bit set
	 */
	public Frame readFrame(int reserved) {
		byte[] start = read(2);
		int first = start[0] & 0xFF;
		if ((first & 0x70 & ~reserved) != 0 || (start[1] & 0x80) != 0) {
			throw new AssertionError("No frame of a server: " + first + " " + (start[1] & 0xFF));
		}
		long length = start[1];
		if (length == 126) {
			length = ByteBuffer.wrap(read(2)).getShort() & 0xFFFF;
		}
		else if (length == 127) {
			length = ByteBuffer.wrap(read(8)).getLong();
		}
		return new Frame(first, read(Math.toIntExact(length)));
	}

	/**
	 * Reads the next frame.
	 * @return the text of the message that it holds
	 * @throws AssertionError if it is no text message in one frame
	 */
	public String readText() {
		Frame frame = readFrame();
		if (frame.first() != TEXT) {
			throw new AssertionError("No text message: " + frame);
		}
		return frame.text();
	}

	/**
	 * Reads some messages.
	 * @param count how many
	 * @return their texts
	 * @throws AssertionError if one of the frames is no complete text message
	 */
	public List<String> readTexts(int count) {
		return IntStream.range(0, count).mapToObj((i) -> readText()).toList();
	}

	/**
	 * Reads the next frame.
	 * @return the frame
	 * @throws AssertionError if it is no close frame
	 */
	public Frame readClose() {
		Frame frame = readFrame();
		if (frame.first() != CLOSE) {
			throw new AssertionError("No close frame: " + frame);
		}
		return frame;
	}

	/**
	 * Reads an HTTP response.
	 * @return the response
	 */
	public Response readResponse() {
		return readResponse(true);
	}

	/**
	 * Reads an HTTP response.
	 * @param withBody whether a body follows if there is a length, as for all methods but
	 * HEAD
	 * @return the response
	 */
	public Response readResponse(boolean withBody) {
		String statusLine = readLine();
		Map<String, String> fields = new LinkedHashMap<>();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
		int length = withBody ? Integer.parseInt(fields.getOrDefault("content-length", "0")) : 0;
		return new Response(statusLine, fields, new String(read(length), StandardCharsets.UTF_8));
	}

	/**
	 * A frame of the server's.
	 *
	 * @param first the first byte: FIN and opcode
	 * @param payload the payload
	 */
	public record Frame(int first, byte[] payload) {

		/**
		 * Returns the payload as text.
		 * @return the text
		 */
		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		/**
		 * Returns the code of a close frame.
		 * @return the code, 1005 if the frame has none
		 */
		public int code() {
			return (this.payload.length < 2) ? 1005 : ByteBuffer.wrap(this.payload).getShort() & 0xFFFF;
		}

		/**
		 * Returns the text of a close frame.
		 * @return the text, empty if the frame has none
		 */
		public String reason() {
			return (this.payload.length < 2) ? ""
					: new String(this.payload, 2, this.payload.length - 2, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return String.format("frame %02x of %d bytes: %s", this.first, this.payload.length, (this.first == CLOSE)
					? code() + " " + reason() : text().substring(0, Math.min(200, text().length())));
		}

	}

	/**
	 * An HTTP response.
	 *
	 * @param statusLine the first line
	 * @param fields the header fields by lower-case name
	 * @param body the body
	 */
	public record Response(String statusLine, Map<String, String> fields, String body) {

		/**
		 * Returns the status.
		 * @return the status code
		 */
		public int status() {
			return Integer.parseInt(this.statusLine.split(" ")[1]);
		}

		/**
		 * Returns a header field.
		 * @param name the name in lower case
		 * @return the value, empty if there is none
		 */
		public String header(String name) {
			return this.fields.getOrDefault(name, "");
		}

	}

}
