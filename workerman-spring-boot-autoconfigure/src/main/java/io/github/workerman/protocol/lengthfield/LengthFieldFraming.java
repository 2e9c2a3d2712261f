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

package io.github.workerman.protocol.lengthfield;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * Frames of one server, as its settings describe them.
 */
final class LengthFieldFraming extends FramingProtocol {

	private final int lengthBytes;

	private final int offset;

	private final int header;

	private final int adjust;

	private final boolean littleEndian;

	private final boolean strip;

	LengthFieldFraming(FrameSettings settings) {
		this.lengthBytes = settings.lengthBytes();
		this.offset = settings.offset();
		this.header = settings.headerSize();
		this.adjust = settings.adjust();
		this.littleEndian = settings.littleEndian();
		this.strip = settings.strip();
	}

	@Override
	public String name() {
		return LengthFieldProtocol.NAME;
	}

	@Override
	protected int frameLength(ByteBuf in, CodecContext context) throws ProtocolException {
		if (in.readableBytes() < this.header) {
			return 0;
		}
		long value = lengthAt(in, in.readerIndex() + this.offset);
		if (value < 0) {
			throw ProtocolException.malformed("length field " + value + " is negative");
		}
		// The value itself first: adding to it may overflow
		long following = Math.min(value, Long.MAX_VALUE / 2) + this.adjust;
		if (following < 0) {
			throw ProtocolException.malformed("length field " + value + " is less than the header");
		}
		if (following > Integer.MAX_VALUE - this.header) {
			throw ProtocolException.tooBig(context.maxMessageSize());
		}
		return this.header + (int) following;
	}

	private long lengthAt(ByteBuf in, int index) {
		return switch (this.lengthBytes) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> this.littleEndian ? in.getUnsignedShortLE(index) : in.getUnsignedShort(index);
			case 3 -> this.littleEndian ? in.getUnsignedMediumLE(index) : in.getUnsignedMedium(index);
			case 4 -> this.littleEndian ? in.getUnsignedIntLE(index) : in.getUnsignedInt(index);
			default -> this.littleEndian ? in.getLongLE(index) : in.getLong(index);
		};
	}

	@Override
	protected int overhead() {
		return this.strip ? this.header : 0;
	}

	@Override
	protected Object decode(ByteBuf frame, CodecContext context) {
		if (this.strip) {
			frame.skipBytes(this.header);
		}
		return Payloads.read(frame, frame.readableBytes(), context.kind());
	}

	@Override
	protected void encode(Object message, ByteBuf out) {
		int start = out.writerIndex();
		if (this.strip) {
			out.writeZero(this.header);
		}
		Payloads.write(message, out);
		int following = out.writerIndex() - start - this.header;
		if (following < 0) {
			throw new IllegalArgumentException("The message is shorter than its header of " + this.header + " bytes");
		}
		writeLength(out, start + this.offset, (long) following - this.adjust);
	}

	private void writeLength(ByteBuf out, int index, long value) {
		long max = (this.lengthBytes == 8) ? Long.MAX_VALUE : (1L << (8 * this.lengthBytes)) - 1;
		if (value < 0 || value > max) {
			throw new IllegalArgumentException("The length " + value + " does not fit a length field of "
					+ this.lengthBytes + " bytes, 0 to " + max);
		}
		for (int i = 0; i < this.lengthBytes; i++) {
			int place = this.littleEndian ? i : this.lengthBytes - 1 - i;
			out.setByte(index + place, (int) (value >>> (8 * i)));
		}
	}

}
