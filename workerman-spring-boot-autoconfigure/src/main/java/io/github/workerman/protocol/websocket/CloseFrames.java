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

package io.github.workerman.protocol.websocket;

import java.nio.charset.StandardCharsets;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * Reads and writes close frames (RFC 6455 section 5.5.1).
 */
final class CloseFrames {

	private static final int CODE = Short.BYTES;

	private static final int LARGEST_TEXT = FrameHeader.LARGEST_CONTROL - CODE;

	private CloseFrames() {
	}

	/**
	 * Takes a complete frame.
	 * @param in the received bytes, beginning with the frame
	 * @param length the length of the payload
	 * @return the peer's goodbye
	 * @throws ProtocolException if the code may not be sent or the text is not UTF-8
	 */
	static CloseReason read(ByteBuf in, int length) throws ProtocolException {
		byte[] payload = ControlFrames.read(in, length);
		if (length == 0) {
			return CloseReason.NO_STATUS;
		}
		if (length < CODE) {
			throw ProtocolException.malformed("close frame has half a code");
		}
		int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
		if (!CloseReason.isSendable(code)) {
			throw ProtocolException.malformed("close code " + code + " may not be sent");
		}
		String text = Payloads.strictText(payload, CODE, length - CODE);
		return new CloseReason(code, text, CloseReason.Cause.CLIENT);
	}

	/**
	 * Writes a close frame. A code that must not be sent, such as 1005, makes an empty
	 * one; of the text goes out what has room.
	 * @param code the code
	 * @param text the text
	 * @param out takes the frame
	 */
	static void write(int code, String text, ByteBuf out) {
		out.ensureWritable(FrameHeader.START + FrameHeader.LARGEST_CONTROL);
		if (!CloseReason.isSendable(code)) {
			FrameHeader.write(FrameHeader.CLOSE, 0, out);
			return;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int length = cut(bytes);
		FrameHeader.write(FrameHeader.CLOSE, CODE + length, out);
		out.writeShort(code);
		out.writeBytes(bytes, 0, length);
	}

	private static int cut(byte[] text) {
		if (text.length <= LARGEST_TEXT) {
			return text.length;
		}
		int length = LARGEST_TEXT;
		while (isInsideCharacter(text[length])) {
			length--;
		}
		return length;
	}

	private static boolean isInsideCharacter(byte utf8) {
		return (utf8 & 0xC0) == 0x80;
	}

}
