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

package io.github.workerman.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.SystemPropertyUtil;

/**
 * Where buffers come from. Ours live for one turn of an event loop: the pool of the
 * loop's thread hands out at once what has just been given back and is still in the
 * processor's cache, while Netty's default, the adaptive allocator, goes round in larger
 * chunks. Who sets Netty's system property {@code io.netty.allocator.type} has the
 * choice.
 */
public final class Buffers {

	private Buffers() {
	}

	/**
	 * Returns the allocator of channels.
	 * @return the pooled one, unless the system property says otherwise
	 */
	public static ByteBufAllocator allocator() {
		return SystemPropertyUtil.contains("io.netty.allocator.type") ? ByteBufAllocator.DEFAULT
				: PooledByteBufAllocator.DEFAULT;
	}

	/**
	 * Puts one buffer behind another, in the first one if that has room and is nobody
	 * else's. Takes both over.
	 * @param allocator makes a larger one if need be
	 * @param first the first bytes
	 * @param second the bytes behind them
	 * @return a buffer with all of them, which belongs to the caller
	 */
	public static ByteBuf join(ByteBufAllocator allocator, ByteBuf first, ByteBuf second) {
		ByteBuf joined = first;
		if (first.writableBytes() < second.readableBytes() || first.isReadOnly() || first.refCnt() > 1) {
			joined = allocator.buffer(Math.max(2048, 2 * (first.readableBytes() + second.readableBytes())));
			joined.writeBytes(first);
			first.release();
		}
		joined.writeBytes(second);
		second.release();
		return joined;
	}

}
