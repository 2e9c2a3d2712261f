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

import java.util.Arrays;

/**
 * Messages that end with a newline.
 */
final class TextWireFormat implements WireFormat {

	@Override
	public byte[] frame(byte[] payload) {
		byte[] message = Arrays.copyOf(payload, payload.length + 1);
		message[payload.length] = '\n';
		return message;
	}

	@Override
	public int payloadIndex(int payloadLength) {
		return 0;
	}

	@Override
	public boolean next(Peer peer, byte[] bytes, int from, int to, Incoming result) {
		for (int i = from; i < to; i++) {
			if (bytes[i] == '\n') {
				result.set(Kind.MESSAGE, from, i, i + 1);
				return true;
			}
		}
		return false;
	}

}
