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

package io.github.workerman.benchmarks.jmh;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Bytes as a socket would deliver them, again and again: in direct memory, and copied
 * there each time, since codecs may overwrite what they have read.
 */
final class Wire {

	private final byte[] bytes;

	private final ByteBuf buffer;

	Wire(byte[] bytes) {
		this.bytes = bytes;
		this.buffer = directBuffer(bytes.length);
	}

	/**
	 * Makes a buffer that may be left to the garbage collector, as nobody would release
	 * it.
	 * @param capacity how many bytes it takes
	 * @return an empty buffer
	 */
	static ByteBuf directBuffer(int capacity) {
		return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity)).clear();
	}

	ByteBuf receive() {
		return this.buffer.clear().writeBytes(this.bytes);
	}

}
