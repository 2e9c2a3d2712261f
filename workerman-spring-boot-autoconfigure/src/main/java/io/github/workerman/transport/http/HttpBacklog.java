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

package io.github.workerman.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection that cannot be let through yet. On the event loop only.
 */
final class HttpBacklog {

	private static final int FIRST_CAPACITY = 512;

	private @Nullable ByteBuf bytes;

	boolean isEmpty() {
		return this.bytes == null;
	}

	int size() {
		ByteBuf current = this.bytes;
		return (current != null) ? current.readableBytes() : 0;
	}

	/**
	 * Takes what is there.
	 * @return the bytes, to be released; {@code null} if there are none
	 */
	@Nullable ByteBuf take() {
		ByteBuf taken = this.bytes;
		this.bytes = null;
		return taken;
	}

	/**
	 * Passes the first part of a buffer on to the next handler.
	 * @param buffer the buffer, taken over
	 * @param position where the first part ends
	 * @param keep whether the rest is kept, else it is dropped
	 * @param own whether the buffer is of one's own making
	 * @return whether there was anything to pass on
	 */
	boolean pass(ByteBuf buffer, int position, boolean keep, boolean own, ChannelHandlerContext context) {
		ByteBuf part = keep ? keep(buffer, position, own, context.alloc()) : buffer.writerIndex(position);
		if (!part.isReadable()) {
			part.release();
			return false;
		}
		context.fireChannelRead(part);
		return true;
	}

	/**
	 * Cuts a buffer in two, and keeps the second part.
	 * @param buffer the buffer, taken over
	 * @param position where the second part begins
	 * @param own whether the buffer is of one's own making; what was received may be one
	 * that the transport waits for
	 * @return the first part, possibly empty, to be released
	 */
	private ByteBuf keep(ByteBuf buffer, int position, boolean own, ByteBufAllocator allocator) {
		int rest = buffer.writerIndex() - position;
		if (rest == 0) {
			return buffer;
		}
		if (own) {
			this.bytes = buffer;
			return buffer.readRetainedSlice(position - buffer.readerIndex());
		}
		this.bytes = allocator.buffer(Math.max(FIRST_CAPACITY, 2 * rest)).writeBytes(buffer, position, rest);
		return buffer.writerIndex(position);
	}

	void discard() {
		ByteBuf rest = take();
		if (rest != null) {
			rest.release();
		}
	}

}
