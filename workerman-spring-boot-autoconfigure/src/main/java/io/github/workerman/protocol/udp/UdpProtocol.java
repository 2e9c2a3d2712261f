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

package io.github.workerman.protocol.udp;

import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;

/**
 * The protocol {@code udp}: each datagram is a message, and each message a datagram.
 * Empty ones are neither delivered nor sent.
 */
public final class UdpProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "udp";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean datagrams() {
		return true;
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		return UdpCodec::new;
	}

	private static final class UdpCodec implements Codec {

		private final CodecContext context;

		private UdpCodec(CodecContext context) {
			this.context = context;
		}

		@Override
		public Object decode(ByteBuf in) {
			return Payloads.read(in, in.readableBytes(), this.context.kind());
		}

		@Override
		public void encode(Object message, ByteBuf out) {
			Payloads.write(message, out);
		}

	}

}
