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

package io.github.workerman.protocol.tcp;

import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code tcp}: no framing. What has been received by the time that it is
 * looked at is one message; how the peer's writes are cut into messages is up to the
 * network, and the size limit does not apply. As text, a character that is cut in two
 * becomes U+FFFD twice; handlers that expect anything but ASCII should take bytes.
 * Messages are sent without anything added.
 */
public final class TcpProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "tcp";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		return TcpCodec::new;
	}

	private static final class TcpCodec implements Codec {

		private final CodecContext context;

		private TcpCodec(CodecContext context) {
			this.context = context;
		}

		@Override
		public @Nullable Object decode(ByteBuf in) {
			int length = in.readableBytes();
			return (length != 0) ? Payloads.read(in, length, this.context.kind()) : null;
		}

		@Override
		public void encode(Object message, ByteBuf out) {
			Payloads.write(message, out);
		}

		@Override
		public Object broadcastKey() {
			return NAME;
		}

	}

}
