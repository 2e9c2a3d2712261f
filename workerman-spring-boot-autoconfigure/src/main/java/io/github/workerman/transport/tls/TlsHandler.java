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

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * TLS by the JDK that does not let a peer renegotiate: that costs the server much more
 * than the peer and TLS 1.3 has done away with it. OpenSSL refuses by itself.
 */
final class TlsHandler extends SslHandler {

	TlsHandler(SSLEngine engine) {
		super(engine);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) throws Exception {
		ChannelConfig config = context.channel().config();
		config.setAllocator(new HeapAllocator(config.getAllocator()));
		super.handlerAdded(context);
	}

	/* A call handles one record, whose type is not encrypted. */
	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
		if (in.isReadable() && in.getUnsignedByte(in.readerIndex()) == TlsHello.HANDSHAKE
				&& handshakeFuture().isSuccess()) {
			in.skipBytes(in.readableBytes());
			throw new SSLException("renegotiation is not allowed");
		}
		super.decode(context, in, out);
	}

}
