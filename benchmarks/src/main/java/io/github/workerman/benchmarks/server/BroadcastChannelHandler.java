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

package io.github.workerman.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;

/**
 * Encodes each message once and writes it to all connections, which are flushed when the
 * read batch ends.
 */
final class BroadcastChannelHandler extends ChannelInboundHandlerAdapter {

	private static final int FINAL = 0x80;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private final BroadcastGroup group;

	BroadcastChannelHandler(BroadcastGroup group) {
		this.group = group;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (context.pipeline().get("HttpServerCodec#0") == null) {
			this.group.join(context.channel());
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof HandshakeComplete) {
			this.group.join(context.channel());
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.group.leave(context.channel());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			this.group.write(encode(context, message));
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.group.flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	private static ByteBuf encode(ChannelHandlerContext context, Object message) {
		if (!(message instanceof WebSocketFrame frame)) {
			return ((ByteBuf) message).retain();
		}
		ByteBuf payload = frame.content();
		int length = payload.readableBytes();
		ByteBuf encoded = context.alloc().directBuffer(length + 4);
		encoded.writeByte(FINAL | ((frame instanceof TextWebSocketFrame) ? TEXT : BINARY));
		if (length < 126) {
			encoded.writeByte(length);
		}
		else {
			encoded.writeByte(126).writeShort(length);
		}
		return encoded.writeBytes(payload);
	}

}
