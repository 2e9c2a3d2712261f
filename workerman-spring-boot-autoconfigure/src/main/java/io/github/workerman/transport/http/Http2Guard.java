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
import java.util.Set;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the HTTP/2 codec of a connection: watches the time between requests,
 * counts, and knows how the connection ended. What may be understood in two ways there is
 * not in HTTP/2, and the codec refuses what is not valid. On the event loop only.
 */
final class Http2Guard extends ConnectionGuard {

	static final String NAME = "workerman.http2.guard";

	/* How long a peer that is idle, or not one of HTTP/2, has to take the goodbye. */
	private static final long GOODBYE_NANOS = 5_000_000_000L;

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final Http2Resets resets;

	private final Set<NettyHttpExchange> exchanges = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Set<NettyHttpExchange> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Map<Integer, HttpRefusal> refusals = new HashMap<>();

	private boolean readWanted;

	private @Nullable Http2FrameCodec codec;

	/**
	 * Creates a guard for a connection that turned out to speak HTTP/2.
	 */
	Http2Guard(HttpGuard before) {
		super(before);
		this.resets = new Http2Resets(server().listener(), connection());
	}

	Http2Resets resets() {
		return this.resets;
	}

	/**
	 * Begins, as soon as the codec stands behind this handler.
	 */
	void begin(Http2FrameCodec codec) {
		this.codec = codec;
		// The endpoint says how long the last responses may take.
		codec.gracefulShutdownTimeoutMillis(-1);
		codec.connection().addListener(new Streams(codec));
		limit().set(server().requestNanos(), Phase.FIRST);
	}

	// ---- exchanges

	/**
	 * Returns what requests are refused for that nobody handles yet, by their stream.
	 */
	Map<Integer, HttpRefusal> refusals() {
		return this.refusals;
	}

	void begun(NettyHttpExchange exchange) {
		open();
		this.exchanges.add(exchange);
		watchSending();
	}

	void ended(NettyHttpExchange exchange) {
		this.exchanges.remove(exchange);
		this.incomplete.remove(exchange);
		exchange.abandon();
	}

	void received(long size) {
		traffic().in().message((int) Math.min(size, Integer.MAX_VALUE));
	}

	void responded(long size) {
		traffic().out().message((int) Math.min(size, Integer.MAX_VALUE));
		traffic().sent(isOpened());
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
		server().tell(connection(), refusal, true);
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
			traffic().in().bytes(bytes.readableBytes());
			if (isOver()) {
				bytes.release();
				return;
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		traffic().received(isOpened());
		context.fireChannelReadComplete();
		if (isOver() && !isGone()) {
			context.read();
		}
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (isHeld() && !isOver()) {
			this.readWanted = true;
		}
		else {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof ByteBuf bytes) {
			this.resets.sending(bytes);
		}
		super.write(context, message, promise);
	}

	// ---- what the connection asks for

	@Override
	public boolean isWithinRequest() {
		return !this.incomplete.isEmpty();
	}

	@Override
	public void release(int bit) {
		super.release(bit);
		if (!isHeld() && this.readWanted && !isGone() && context().channel().isActive()) {
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
		if (!isGone()) {
			context().channel().close();
		}
	}

	@Override
	public void breakOff() {
		abort(CloseReason.INTERNAL_ERROR);
	}

	// ---- the end

	@Override
	boolean isAnswered() {
		return this.exchanges.isEmpty();
	}

	/* The peer's windows are full. */
	@Override
	boolean isBlockedByPeer() {
		Http2FrameCodec current = this.codec;
		if (current == null) {
			return false;
		}
		Http2RemoteFlowController windows = current.connection().remote().flowController();
		try {
			return current.connection().forEachActiveStream((stream) -> !windows.hasFlowControlled(stream)) != null;
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException("Looking at streams changes none", ex);
		}
	}

	@Override
	boolean isUpgraded() {
		return false;
	}

	@Override
	void discard() {
		List.copyOf(this.exchanges).forEach(this::ended);
	}

	@Override
	boolean refuseLate(Phase phase) {
		return false;
	}

	@Override
	void closeIdle() {
		limit().set(GOODBYE_NANOS, Phase.LINGER);
		context().channel().close();
	}

	@Override
	void inputEnded() {
		noteEnd(CloseReason.NO_STATUS);
		context().channel().close();
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		stop();
		context.close(promise);
	}

	/**
	 * The codec ends the connection because of what the peer has sent.
	 */
	private void violated(long error, String text) {
		if (isEnding()) {
			return;
		}
		noteEnd((error == Http2Error.ENHANCE_YOUR_CALM.code()) ? new CloseReason(1008, text, Cause.LIMIT)
				: new CloseReason(1002, text, Cause.PROTOCOL));
		linger().begin();
		limit().set(GOODBYE_NANOS, Phase.LINGER);
		if (logger.isDebugEnabled()) {
			logger.debug(connection() + " violated its protocol: " + text);
		}
		if (isOpened()) {
			server().listener().failed(connection(), ProtocolException.malformed(text));
		}
		else {
			server().listener().rejected(RejectReason.MALFORMED);
		}
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
			limit().clear();
		}

		@Override
		public void onStreamClosed(Http2Stream stream) {
			Http2Guard.this.refusals.remove(stream.id());
			if (this.codec.connection().numActiveStreams() == 0 && !isEnding() && !isGone()) {
				limit().idle(server().idleNanos());
			}
		}

		@Override
		public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {
			Http2Guard.this.resets.goodbye(lastStreamId);
			if (errorCode != 0) {
				violated(errorCode, debugData.toString(StandardCharsets.UTF_8));
			}
		}

	}

}
