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

package io.github.workerman.protocol.text;

import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines.
 */
final class TextCodec implements Codec {

	private static final byte LF = '\n';

	private static final byte CR = '\r';

	private final CodecContext context;

	/*
	 * How many bytes of the incomplete line are known to hold no line feed. A line that
	 * comes byte by byte is looked at once, not once per byte.
	 */
	private int searched;

	TextCodec(CodecContext context) {
		this.context = context;
	}

	@Override
	public @Nullable Object decode(ByteBuf in) throws ProtocolException {
		int start = in.readerIndex();
		int end = in.indexOf(start + this.searched, in.writerIndex(), LF);
		if (end < 0) {
			this.searched = in.readableBytes();
			checkSize(lineLength(in, start, in.writerIndex()));
			return null;
		}
		this.searched = 0;
		int length = lineLength(in, start, end);
		checkSize(length);
		Object message = Payloads.read(in, length, this.context.kind());
		in.readerIndex(end + 1);
		return message;
	}

	private static int lineLength(ByteBuf in, int start, int end) {
		return (end > start && in.getByte(end - 1) == CR) ? end - 1 - start : end - start;
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
		out.writeByte(LF);
	}

	@Override
	public Object broadcastKey() {
		return TextProtocol.NAME;
	}

}
