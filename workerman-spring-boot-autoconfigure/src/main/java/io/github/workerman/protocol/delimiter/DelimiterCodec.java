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

import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes at delimiters.
 */
final class DelimiterCodec implements Codec {

	private final Delimiter delimiter;

	private final CodecContext context;

	/* How many bytes are known to hold no beginning of a complete delimiter. */
	private int searched;

	DelimiterCodec(Delimiter delimiter, CodecContext context) {
		this.delimiter = delimiter;
		this.context = context;
	}

	@Override
	public @Nullable Object decode(ByteBuf in) throws ProtocolException {
		int start = in.readerIndex();
		int length = this.delimiter.length();
		int end = (in.readableBytes() < length) ? -1 : this.delimiter.find(in, start + this.searched);
		if (end < 0) {
			this.searched = Math.max(0, in.readableBytes() - length + 1);
			checkSize(this.searched);
			return null;
		}
		this.searched = 0;
		checkSize(end - start);
		int size = this.delimiter.isStripped() ? end - start : end - start + length;
		Object message = Payloads.read(in, size, this.context.kind());
		in.readerIndex(end + length);
		return message;
	}

	private void checkSize(int length) throws ProtocolException {
		int limit = this.context.maxMessageSize();
		if (length > limit) {
			throw ProtocolException.tooBig(limit);
		}
	}

	@Override
	public void encode(Object message, ByteBuf out) {
		Payloads.write(message, out);
		this.delimiter.write(out);
	}

	@Override
	public Object broadcastKey() {
		return this.delimiter;
	}

}
