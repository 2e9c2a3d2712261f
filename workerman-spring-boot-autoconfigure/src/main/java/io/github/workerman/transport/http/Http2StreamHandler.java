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

import java.nio.channels.ClosedChannelException;
import java.util.Objects;

import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.github.workerman.transport.limit.Deadlines;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Limits size and time of the request on one stream of HTTP/2, and counts it and its
 * response. Stands behind the codec of the stream.
 */
final class Http2StreamHandler extends ChannelDuplexHandler {

	static final String NAME = "workerman.http2.stream";

	private static final long LINGER_NANOS = 1_000_000_000L;

	/** How many seconds a peer may go on sending what is dropped. */
	private static final int LONGEST_LINGER = 20;

	private final Http2Guard guard;

	private final NettyHttpExchange exchange;

	private final long maxBodySize;

	private final HttpTimeLimit limit;

	private long received;

	private long sent;

	private int progress;

	private int lingered;

	private @Nullable ChannelHandlerContext context;

	private boolean complete;

	/* What still comes of the request is dropped. */
	private boolean over;

	/**
	 * Creates a handler.
	 * @param guard that of the connection
	 * @param exchange what is on the stream
	 * @param deadlines those of the loop
	 * @param complete whether the request has no body
	 */
	Http2StreamHandler(Http2Guard guard, NettyHttpExchange exchange, Deadlines deadlines, boolean complete) {
		this.guard = guard;
		this.exchange = exchange;
		this.maxBodySize = guard.server().endpoint().settings().maxMessageSize();
		this.limit = new HttpTimeLimit(deadlines, this::expired);
		this.complete = complete;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		if (this.complete) {
			this.guard.received(0);
		}
		else {
			this.guard.incomplete(this.exchange, true);
			this.limit.set(this.guard.server().requestNanos(), Phase.REQUEST);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.limit.clear();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content && !this.complete) {
			watch(content.content().readableBytes());
			if (message instanceof LastHttpContent) {
				this.complete = true;
				this.guard.incomplete(this.exchange, false);
				this.limit.clear();
				this.guard.received(this.received);
			}
		}
		if (this.over) {
			ReferenceCountUtil.release(message);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	private void watch(int size) {
		this.received += size;
		this.progress = (this.over && size > 0) ? 1 : this.progress + size;
		if (this.received > this.maxBodySize && !this.over) {
			refuse(HttpRefusal.tooLarge(this.maxBodySize));
		}
		else if (this.progress >= HttpTimeLimit.PROGRESS && !this.over) {
			this.progress = 0;
			this.limit.set(this.guard.server().requestNanos(), Phase.REQUEST);
		}
	}

	private void expired(Phase phase) {
		if (phase == Phase.LINGER) {
			if (this.progress > 0 && ++this.lingered < LONGEST_LINGER) {
				this.progress = 0;
				this.limit.set(LINGER_NANOS, Phase.LINGER);
				return;
			}
			// RFC 9113 section 8.1: the rest of the request need not be sent.
			context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
		}
		else {
			refuse(HttpRefusal.timeout());
		}
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	private void refuse(HttpRefusal refusal) {
		this.over = true;
		this.limit.clear();
		this.guard.incomplete(this.exchange, false);
		this.guard.refused(refusal);
		this.exchange.refuse(refusal);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.over) {
			context.read();
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void read(ChannelHandlerContext context) {
		context.read();
		// Netty may have told the peer that it may send more, and left that unflushed.
		context.flush();
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean last = HttpResponseWatch.isLast(message);
		if (message instanceof HttpContent content) {
			this.sent += content.content().readableBytes();
		}
		else if (message instanceof Http2DataFrame data) {
			this.sent += data.content().readableBytes();
		}
		if (!last) {
			context.write(message, promise);
			return;
		}
		long size = this.sent;
		context.write(message, promise.unvoid()).addListener((written) -> {
			this.guard.responded(size);
			if (!this.complete && context.channel().isActive()) {
				// There are clients that take no response before they have sent all, and
				// wait for ever when they may not.
				this.over = true;
				this.progress = 0;
				this.limit.set(LINGER_NANOS, Phase.LINGER);
				context.read();
			}
		});
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.limit.clear();
		this.guard.ended(this.exchange);
		context.fireChannelInactive();
	}

	/**
	 * A stream that is broken off is closed too, which tells those behind enough: they
	 * would log each of its errors.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof ClosedChannelException)) {
			context.fireExceptionCaught(cause);
		}
	}

}
