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

/**
 * Messages behind a four-byte big-endian length that includes itself.
 */
final class FrameWireFormat implements WireFormat {

	private static final int PREFIX = 4;

	@Override
	public byte[] frame(byte[] payload) {
		int length = payload.length + PREFIX;
		return ByteBuffer.allocate(length).putInt(length).put(payload).array();
	}

	@Override
	public int payloadIndex(int payloadLength) {
		return PREFIX;
	}

	@Override
	public boolean next(Peer peer, byte[] bytes, int from, int to, Incoming result) throws WireFormatException {
		if (to - from < PREFIX) {
			return false;
		}
		int length = (bytes[from] & 0xFF) << 24 | (bytes[from + 1] & 0xFF) << 16 | (bytes[from + 2] & 0xFF) << 8
				| bytes[from + 3] & 0xFF;
		if (length < PREFIX) {
			throw new WireFormatException("Frame of length %d".formatted(length));
		}
		if (to - from < length) {
			return false;
		}
		result.set(Kind.MESSAGE, from + PREFIX, from + length, from + length);
		return true;
	}

}
