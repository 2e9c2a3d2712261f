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

package io.github.workerman.transport.http;

import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.github.workerman.transport.limit.Deadlines;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Closes in two steps after an error: a peer that is still sending would otherwise see a
 * reset in place of the response. Lets a peer that has said goodbye hear what it has
 * asked for. Stands before the guard.
 */
final class HttpLinger extends ChannelDuplexHandler {

	static final String NAME = "workerman.http.linger";

	private static final long LINGER_NANOS = 1_000_000_000L;

	private final HttpTimeLimit limit;

	private boolean wanted;

	private @Nullable ChannelHandlerContext context;

	HttpLinger(Deadlines deadlines) {
		this.limit = new HttpTimeLimit(deadlines, (phase) -> drop());
	}

	/**
	 * Has the next close wait for the peer's own end, for a second.
	 */
	void begin() {
		this.wanted = true;
	}

	/**
	 * Closes at once.
	 */
	void drop() {
		ChannelHandlerContext current = this.context;
		if (current != null) {
			this.limit.clear();
			this.wanted = false;
			// Without regard for what the codec or TLS would have to say.
			ChannelHandlerContext tls = current.pipeline().context(SslHandler.class);
			((tls != null) ? tls : current).close();
		}
	}

	/**
	 * Closes when what is on its way has been written.
	 */
	void closeAfterWrites() {
		ChannelHandlerContext current = this.context;
		if (current != null) {
			current.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.limit.clear();
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.wanted && context.channel() instanceof DuplexChannel duplex && duplex.isActive()
				&& !duplex.isInputShutdown()) {
			this.wanted = false;
			this.limit.set(LINGER_NANOS, Phase.LINGER);
			SslHandler tls = context.pipeline().get(SslHandler.class);
			// What is being written when the output ends, io_uring loses count of.
			shutdownOutput(duplex, (tls != null) ? tls.closeOutbound() : context.writeAndFlush(Unpooled.EMPTY_BUFFER),
					promise);
			context.read();
			return;
		}
		context.close(promise);
	}

	private static void shutdownOutput(DuplexChannel channel, ChannelFuture written, ChannelPromise promise) {
		written.addListener((sent) -> {
			if (channel.isActive()) {
				channel.shutdownOutput(promise);
			}
			else {
				promise.trySuccess();
			}
		});
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (this.limit.phase() == Phase.LINGER) {
			if (event instanceof SslCloseCompletionEvent) {
				// Once the own goodbye has been said, OpenSSL's engine takes anything for
				// the peer's.
				return;
			}
			if (event instanceof ChannelInputShutdownEvent) {
				drop();
			}
		}
		else if (event == SslCloseCompletionEvent.SUCCESS && TlsTermination.maySend(context.channel())) {
			// At a goodbye of TLS reactor-netty would close the channel, whatever is
			// still to be said.
			context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
			return;
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.limit.clear();
		context.fireChannelInactive();
	}

}
