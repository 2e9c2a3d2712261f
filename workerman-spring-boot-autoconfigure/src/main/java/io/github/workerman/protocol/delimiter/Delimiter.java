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

package io.github.workerman.protocol.delimiter;

import io.netty.buffer.ByteBuf;

/**
 * What ends the messages of one server.
 */
final class Delimiter {

	private final byte[] bytes;

	private final boolean strip;

	Delimiter(byte[] bytes, boolean strip) {
		this.bytes = bytes;
		this.strip = strip;
	}

	int length() {
		return this.bytes.length;
	}

	boolean isStripped() {
		return this.strip;
	}

	/**
	 * Finds the delimiter.
	 * @return the index of its first byte, or -1
	 */
	int find(ByteBuf in, int from) {
		int last = in.writerIndex() - this.bytes.length;
		int candidate = in.indexOf(from, last + 1, this.bytes[0]);
		while (candidate >= 0 && !isAt(in, candidate)) {
			candidate = in.indexOf(candidate + 1, last + 1, this.bytes[0]);
		}
		return candidate;
	}

	private boolean isAt(ByteBuf in, int index) {
		for (int i = 1; i < this.bytes.length; i++) {
			if (in.getByte(index + i) != this.bytes[i]) {
				return false;
			}
		}
		return true;
	}

	void write(ByteBuf out) {
		if (this.strip) {
			out.writeBytes(this.bytes);
		}
	}

}
