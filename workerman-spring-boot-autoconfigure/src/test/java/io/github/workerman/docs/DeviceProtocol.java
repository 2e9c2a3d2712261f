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

package io.github.workerman.docs;

import java.util.zip.CRC32;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;

import org.springframework.stereotype.Component;

@Component
public class DeviceProtocol implements Protocol {

	@Override
	public String name() {
		return "device";
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		int magic = Integer.decode(settings.options().getOrDefault("magic", "0xA5"));
		return new Frames(magic).codecs(settings);
	}

	private static final class Frames extends FramingProtocol {

		private static final int HEADER = 4;

		private static final int CHECKSUM = 4;

		private final int magic;

		Frames(int magic) {
			this.magic = magic;
		}

		@Override
		public String name() {
			return "device";
		}

		@Override
		protected int frameLength(ByteBuf in, CodecContext context) throws ProtocolException {
			int start = in.readerIndex();
			if (in.getUnsignedByte(start) != this.magic) {
				throw ProtocolException.malformed("frame begins with " + in.getUnsignedByte(start));
			}
			if (in.readableBytes() < HEADER) {
				return 0;
			}
			return HEADER + in.getUnsignedShort(start + 2) + CHECKSUM;
		}

		@Override
		protected int overhead() {
			return HEADER + CHECKSUM;
		}

		@Override
		protected Object decode(ByteBuf frame, CodecContext context) throws ProtocolException {
			int covered = frame.readableBytes() - CHECKSUM;
			if (checksum(frame, frame.readerIndex(), covered) != frame.getInt(frame.readerIndex() + covered)) {
				throw ProtocolException.malformed("wrong checksum");
			}
			frame.skipBytes(1);
			int type = frame.readUnsignedByte();
			int length = frame.readUnsignedShort();
			return new DeviceFrame(type, Payloads.readBytes(frame, length));
		}

		@Override
		protected boolean accepts(Object message) {
			return message instanceof DeviceFrame frame && frame.payload().length <= 0xFFFF;
		}

		@Override
		protected void encode(Object message, ByteBuf out) {
			if (!(message instanceof DeviceFrame frame)) {
				throw new IllegalArgumentException("Devices understand frames of up to 65535 bytes only");
			}
			int start = out.writerIndex();
			out.writeByte(this.magic).writeByte(frame.type()).writeShort(frame.payload().length);
			out.writeBytes(frame.payload());
			out.writeInt(checksum(out, start, out.writerIndex() - start));
		}

		private static int checksum(ByteBuf bytes, int start, int length) {
			CRC32 checksum = new CRC32();
			checksum.update(bytes.nioBuffer(start, length));
			return (int) checksum.getValue();
		}

	}

}
