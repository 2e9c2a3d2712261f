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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * WebSocket (RFC 6455) text messages in single frames. All messages of a run are masked
 * with the same random key: the server has the full work of unmasking, the load generator
 * masks its template once.
 */
final class WebSocketWireFormat implements WireFormat {

	private static final int FINAL_TEXT = 0x81;

	private static final int FINAL_CLOSE = 0x88;

	private static final int COMPRESSED = 0x40;

	private static final int MASKED = 0x80;

	private static final int CONTINUATION = 0;

	private static final int TEXT = 1;

	private static final int CLOSE = 8;

	private static final int NORMAL_CLOSURE = 1000;

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final int key = ThreadLocalRandom.current().nextInt() | 0x01010101;

	private final byte[] handshake;

	private final String accept;

	private final boolean compression;

	WebSocketWireFormat(String host, int port, boolean compression) {
		this.compression = compression;
		byte[] nonce = new byte[16];
		ThreadLocalRandom.current().nextBytes(nonce);
		String encoded = Base64.getEncoder().encodeToString(nonce);
		this.accept = Base64.getEncoder().encodeToString(sha1(encoded + GUID));
		this.handshake = ("GET / HTTP/1.1\r\nHost: " + host + ":" + port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
				+ encoded + (compression ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "") + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] sha1(String text) {
		try {
			return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public byte[] handshake() {
		return this.handshake;
	}

	@Override
	public int handshakeEnd(byte[] bytes, int from, int to) throws WireFormatException {
		String answer = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
		int end = answer.indexOf("\r\n\r\n");
		if (end < 0) {
			return -1;
		}
		String[] lines = answer.substring(0, end).split("\r\n");
		if (!lines[0].startsWith("HTTP/1.1 101 ")) {
			throw new WireFormatException("The server refused the upgrade: %s".formatted(lines[0]));
		}
		for (String line : lines) {
			int colon = line.indexOf(':');
			if (colon > 0 && line.substring(0, colon).equalsIgnoreCase("Sec-WebSocket-Accept")
					&& line.substring(colon + 1).trim().equals(this.accept)) {
				return from + end + 4;
			}
		}
		throw new WireFormatException("The server's answer has not the right Sec-WebSocket-Accept");
	}

	@Override
	public byte[] frame(byte[] payload) {
		return frame(FINAL_TEXT, payload);
	}

	@Override
	public byte[] compressedFrame(byte[] payload) {
		return frame(FINAL_TEXT | COMPRESSED, payload);
	}

	private byte[] frame(int firstByte, byte[] payload) {
		int index = payloadIndex(payload.length);
		ByteBuffer message = ByteBuffer.allocate(index + payload.length).put((byte) firstByte);
		if (payload.length < 126) {
			message.put((byte) (MASKED | payload.length));
		}
		else {
			message.put((byte) (MASKED | 126)).putShort((short) payload.length);
		}
		message.putInt(this.key);
		for (int i = 0; i < payload.length; i++) {
			message.put((byte) (payload[i] ^ this.key >>> 24 - 8 * (i & 3)));
		}
		return message.array();
	}

	@Override
	public int payloadIndex(int payloadLength) {
		return (payloadLength < 126) ? 6 : 8;
	}

	@Override
	public long mask() {
		long half = this.key & 0xFFFF_FFFFL;
		return half << 32 | half;
	}

	@Override
	public byte[] close() {
		return frame(FINAL_CLOSE, new byte[] { (byte) (NORMAL_CLOSURE >> 8), (byte) NORMAL_CLOSURE });
	}

	@Override
	public boolean next(Peer peer, byte[] bytes, int from, int to, Incoming result) throws WireFormatException {
		if (to - from < 2) {
			return false;
		}
		int length = bytes[from + 1];
		int payloadFrom = from + 2;
		if (length == 126) {
			if (to - from < 4) {
				return false;
			}
			length = (bytes[from + 2] & 0xFF) << 8 | bytes[from + 3] & 0xFF;
			payloadFrom = from + 4;
		}
		else if (length < 0 || length == 127) {
			throw new WireFormatException("A masked frame or one above 64 KiB");
		}
		int payloadTo = payloadFrom + length;
		if (payloadTo > to) {
			return false;
		}
		result.set(kindOf(bytes[from] & 0xFF), payloadFrom, payloadTo, payloadTo);
		return true;
	}

	private Kind kindOf(int firstByte) throws WireFormatException {
		int opcode = firstByte & 0x0F;
		if (firstByte == FINAL_TEXT || (this.compression && firstByte == (FINAL_TEXT | COMPRESSED))) {
			return Kind.MESSAGE;
		}
		if ((firstByte & 0xF0) != 0x80 || opcode == CONTINUATION || opcode == TEXT) {
			throw new WireFormatException("A fragment or reserved bits: first byte %#x".formatted(firstByte));
		}
		if (opcode < CLOSE) {
			throw new WireFormatException("A message that is not text: opcode %d".formatted(opcode));
		}
		return (opcode == CLOSE) ? Kind.CLOSE : Kind.CONTROL;
	}

}
