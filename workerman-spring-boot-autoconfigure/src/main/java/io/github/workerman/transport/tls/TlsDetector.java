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

package io.github.workerman.transport.tls;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Looks at the first bytes of a peer: puts TLS in its own place if they begin a TLS
 * handshake, and else gives way.
 */
final class TlsDetector extends ByteToMessageDecoder {

	private final TlsTermination termination;

	TlsDetector(TlsTermination termination) {
		this.termination = termination;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (!this.termination.isOptional()) {
			// What begins like TLS and goes on otherwise is for the TLS engine to refuse.
			decide(context, in.getUnsignedByte(in.readerIndex()) == TlsHello.HANDSHAKE);
		}
		else if (!TlsHello.isPossible(in)) {
			// Protocols of bytes may begin with anything: looks as closely as possible.
			decide(context, false);
		}
		else if (TlsHello.isComplete(in)) {
			decide(context, true);
		}
	}

	private void decide(ChannelHandlerContext context, boolean tls) {
		if (tls) {
			context.pipeline().addAfter(context.name(), null, this.termination.newTlsHandler(context.alloc()));
		}
		else {
			context.fireUserEventTriggered(
					this.termination.isOptional() ? TlsEvent.PLAINTEXT : TlsEvent.PLAINTEXT_REFUSED);
		}
		// Hands on what it has read.
		context.pipeline().remove(this);
	}

}
