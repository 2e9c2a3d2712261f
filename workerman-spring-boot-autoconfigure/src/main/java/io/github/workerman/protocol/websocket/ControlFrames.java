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

import io.github.workerman.protocol.Payloads;
import io.netty.buffer.ByteBuf;

/**
 * Reads and writes control frames (RFC 6455 section 5.5).
 */
final class ControlFrames {

	private ControlFrames() {
	}

	/**
	 * Takes a complete frame.
	 * @param in the received bytes, beginning with the frame
	 * @param length the length of the payload, at most
	 * {@link FrameHeader#LARGEST_CONTROL}
	 * @return the payload from the beginning of the array, to be used before the next
	 * frame is read
	 */
	static byte[] read(ByteBuf in, int length) {
		int mask = in.skipBytes(FrameHeader.START).readInt();
		byte[] payload = Payloads.scratch(length);
		in.readBytes(payload, 0, length);
		Masking.remove(mask, payload, 0, length);
		return payload;
	}

	/**
	 * Appends a frame.
	 * @param opcode the opcode
	 * @param payload holds the payload from the beginning
	 * @param length the length of the payload
	 * @param out takes the frame
	 */
	static void write(int opcode, byte[] payload, int length, ByteBuf out) {
		out.ensureWritable(FrameHeader.LARGEST_SENT + length);
		FrameHeader.write(opcode, length, out);
		out.writeBytes(payload, 0, length);
	}

}
