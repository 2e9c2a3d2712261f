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

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Looks at the first bytes of a peer: puts TLS in its own place if they begin a TLS
 * handshake, and else gives way.
 */
final class TlsDetector extends ByteToMessageDecoder {

	/* RFC 8446 section 5.1: a record of the type handshake ... */
	static final int HANDSHAKE = 22;

	private static final int MAJOR_VERSION = 3;

	private static final int LARGEST_MINOR_VERSION = 4;

	/* ... in which, behind the length, a ClientHello begins (section 4). */
	private static final int CLIENT_HELLO_AT = 5;

	private static final int CLIENT_HELLO = 1;

	private final TlsTermination termination;

	TlsDetector(TlsTermination termination) {
		this.termination = termination;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (!this.termination.isOptional()) {
			// What begins like TLS and goes on otherwise is for the TLS engine to refuse.
			decide(context, in.getUnsignedByte(in.readerIndex()) == HANDSHAKE);
		}
		else if (!beginsLikeHello(in)) {
			decide(context, false);
		}
		else if (in.readableBytes() > CLIENT_HELLO_AT) {
			decide(context, true);
		}
	}

	/**
	 * Protocols of bytes may begin with anything: looks as closely as possible.
	 */
	private static boolean beginsLikeHello(ByteBuf in) {
		int start = in.readerIndex();
		int readable = in.readableBytes();
		return in.getUnsignedByte(start) == HANDSHAKE
				&& (readable < 2 || in.getUnsignedByte(start + 1) == MAJOR_VERSION)
				&& (readable < 3 || in.getUnsignedByte(start + 2) <= LARGEST_MINOR_VERSION)
				&& (readable <= CLIENT_HELLO_AT || in.getUnsignedByte(start + CLIENT_HELLO_AT) == CLIENT_HELLO);
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
