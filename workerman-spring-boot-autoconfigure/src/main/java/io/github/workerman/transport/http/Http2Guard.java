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

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the HTTP/2 codec of a connection: watches the time between requests,
 * counts, and knows how the connection ended. What may be understood in two ways there is
 * not in HTTP/2, and the codec refuses what is not valid. On the event loop only.
 */
final class Http2Guard extends ChannelDuplexHandler implements HttpDriver {

	static final String NAME = "workerman.http2.guard";

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final HttpContext server;

	private final HttpConnection connection;

	private final HttpTraffic traffic;

	private final HttpLinger linger;

	private final HttpTimeLimit limit;

	private final Http2Resets resets;

	private final Set<NettyHttpExchange> exchanges = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Set<NettyHttpExchange> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Map<Integer, HttpRefusal> refusals = new HashMap<>();

	private @Nullable ChannelHandlerContext context;

	private int holds;

	private boolean readWanted;

	private boolean opened;

	private boolean gone;

	/* Nothing that comes is of interest any more. */
	private boolean over;

	private @Nullable CloseReason reason;

	/**
	 * Creates a guard for a connection that has been that of another guard.
	 */
	Http2Guard(HttpContext server, HttpConnection connection, HttpTraffic traffic, HttpLinger linger) {
		this.server = server;
		this.connection = connection;
		this.traffic = traffic;
		this.linger = linger;
		this.resets = new Http2Resets(server.listener(), connection);
		this.limit = new HttpTimeLimit(connection.nettyLoop().deadlines(), this::expired);
	}

	HttpContext server() {
		return this.server;
	}

	Http2Resets resets() {
		return this.resets;
	}

	/**
	 * Begins, as soon as the codec stands behind this handler.
	 */
	void begin(Http2FrameCodec codec) {
		// The endpoint says how long the last responses may take.
		codec.gracefulShutdownTimeoutMillis(-1);
		codec.connection().addListener(new Streams(codec));
		this.limit.set(this.server.requestNanos(), Phase.FIRST);
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		end();
	}

	// ---- exchanges

	/**
	 * Returns what requests are refused for that nobody handles yet, by their stream.
	 */
	Map<Integer, HttpRefusal> refusals() {
		return this.refusals;
	}

	void begun(NettyHttpExchange exchange) {
		if (!this.opened) {
			this.opened = true;
			this.server.listener().connected(this.connection);
		}
		this.exchanges.add(exchange);
	}

	void ended(NettyHttpExchange exchange) {
		this.exchanges.remove(exchange);
		this.incomplete.remove(exchange);
		exchange.abandon();
	}

	void received(long size) {
		this.traffic.in().message((int) Math.min(size, Integer.MAX_VALUE));
	}

	void responded(long size) {
		this.traffic.out().message((int) Math.min(size, Integer.MAX_VALUE));
		this.traffic.sent(this.opened);
	}

	/**
	 * Notes whether the body of a request is still to come.
	 */
	void incomplete(NettyHttpExchange exchange, boolean incomplete) {
		if (incomplete) {
			this.incomplete.add(exchange);
		}
		else {
			this.incomplete.remove(exchange);
		}
	}

	/**
	 * Notes that a request is answered with an error in place of whatever handles it.
	 */
	void refused(HttpRefusal refusal) {
		this.server.tell(this.connection, refusal, true);
	}

	@Override
	public void refuse(HttpRefusal refusal, boolean lost) {
		refused(refusal);
		List.copyOf(this.incomplete).forEach((exchange) -> exchange.refuse(refusal));
		closeWhenIdle(refusal.end());
	}

	// ---- bytes

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.traffic.in().bytes(bytes.readableBytes());
			if (this.over) {
				bytes.release();
				return;
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.traffic.received(this.opened);
		context.fireChannelReadComplete();
		if (this.over && !this.gone) {
			context.read();
		}
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (this.holds != 0 && !this.over) {
			this.readWanted = true;
		}
		else {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.traffic.sending(message);
		if (message instanceof ByteBuf bytes) {
			this.resets.sending(bytes);
		}
		context.write(message, promise);
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		this.traffic.sent(this.opened);
	}

	// ---- what the connection asks for

	@Override
	public HttpTraffic traffic() {
		return this.traffic;
	}

	@Override
	public boolean isOpened() {
		return this.opened;
	}

	@Override
	public boolean isHeld() {
		return this.holds != 0;
	}

	@Override
	public boolean isWithinRequest() {
		return !this.incomplete.isEmpty();
	}

	@Override
	public void hold(int bit) {
		this.holds |= bit;
	}

	@Override
	public void release(int bit) {
		this.holds &= ~bit;
		if (this.holds == 0 && this.readWanted && !this.gone) {
			this.readWanted = false;
			context().read();
		}
	}

	/**
	 * Tells the peer to ask elsewhere, and closes when the last response has gone.
	 */
	@Override
	public void closeWhenIdle(CloseReason reason) {
		noteEnd(reason);
		List.copyOf(this.exchanges).forEach(NettyHttpExchange::endEvents);
		if (!this.gone) {
			context().channel().close();
		}
	}

	@Override
	public void breakOff() {
		abort(CloseReason.INTERNAL_ERROR);
	}

	@Override
	public void abort(CloseReason reason) {
		noteEnd(reason);
		if (!this.gone) {
			ChannelHandlerContext tls = context().pipeline().context(SslHandler.class);
			((tls != null) ? tls : context()).close();
		}
	}

	// ---- the end

	private void expired(Phase phase) {
		if ((this.holds & HttpGuard.LIMIT) != 0) {
			// It may have been sent, nobody has looked.
			this.limit.set(this.server.requestNanos(), phase);
			return;
		}
		noteEnd(new CloseReason(1000, "idle", Cause.TIMEOUT));
		if (!this.opened) {
			this.server.listener().rejected(RejectReason.TIMEOUT);
		}
		context().channel().close();
	}

	/**
	 * The codec ends the connection because of what the peer has sent.
	 */
	private void violated(long error, String text) {
		if (this.reason != null) {
			return;
		}
		noteEnd((error == Http2Error.ENHANCE_YOUR_CALM.code()) ? new CloseReason(1008, text, Cause.LIMIT)
				: new CloseReason(1002, text, Cause.PROTOCOL));
		this.linger.begin();
		if (logger.isDebugEnabled()) {
			logger.debug(this.connection + " violated its protocol: " + text);
		}
		if (this.opened) {
			this.server.listener().failed(this.connection, ProtocolException.malformed(text));
		}
		else {
			this.server.listener().rejected(RejectReason.MALFORMED);
		}
	}

	private void noteEnd(CloseReason end) {
		if (this.reason == null) {
			this.reason = end;
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
			noteEnd(CloseReason.NO_STATUS);
			context.channel().close();
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		this.over = true;
		context.close(promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end();
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.server.noteLoss(this.connection, cause, !this.opened && this.reason == null)) {
			noteEnd(CloseReason.LOST);
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	private void end() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		this.over = true;
		this.limit.clear();
		this.traffic.unlimited();
		this.traffic.received(this.opened);
		CloseReason end = (this.reason != null) ? this.reason
				: this.exchanges.isEmpty() ? CloseReason.NO_STATUS : CloseReason.LOST;
		List.copyOf(this.exchanges).forEach(this::ended);
		if (this.opened) {
			this.server.listener().closed(this.connection, end);
		}
		else if (this.reason == null || this.reason == CloseReason.NO_STATUS) {
			this.server.listener().rejected(RejectReason.ABANDONED);
		}
		this.server.remove(this.connection, false);
	}

	/**
	 * Learns of streams and of the end.
	 */
	private final class Streams extends Http2ConnectionAdapter {

		private final Http2FrameCodec codec;

		private Streams(Http2FrameCodec codec) {
			this.codec = codec;
		}

		@Override
		public void onStreamActive(Http2Stream stream) {
			Http2Guard.this.limit.clear();
		}

		@Override
		public void onStreamClosed(Http2Stream stream) {
			Http2Guard.this.refusals.remove(stream.id());
			long idle = Http2Guard.this.server.idleNanos();
			if (this.codec.connection().numActiveStreams() == 0 && idle > 0 && !Http2Guard.this.gone) {
				Http2Guard.this.limit.set(idle, Phase.IDLE);
			}
		}

		@Override
		public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {
			if (errorCode != 0) {
				violated(errorCode, debugData.toString(StandardCharsets.UTF_8));
			}
		}

	}

}
