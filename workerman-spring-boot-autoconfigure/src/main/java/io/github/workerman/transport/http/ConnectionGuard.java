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

import java.util.Objects;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.Resets;
import io.github.workerman.transport.WriteProgress;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the guards of all versions of HTTP do alike: they count, know whether the peer has
 * become a connection and how it ended, and end what takes too long. On the event loop
 * only.
 */
abstract class ConnectionGuard extends ChannelDuplexHandler implements HttpDriver {

	/** The hold under which nothing is read. */
	static final int LIMIT = 1 << Hold.LIMIT.ordinal();

	private final HttpContext server;

	private final HttpTraffic traffic;

	private final HttpLinger linger;

	private final HttpTimeLimit limit;

	private @Nullable SendWatch sendWatch;

	private @Nullable ChannelHandlerContext context;

	private @Nullable HttpConnection connection;

	private int holds;

	private boolean opened;

	private boolean over;

	private boolean gone;

	private @Nullable CloseReason reason;

	/**
	 * Creates a guard for a connection that there will be when it is in the pipeline.
	 */
	ConnectionGuard(HttpContext server, NettyLoop loop, HttpLinger linger) {
		this.server = server;
		this.traffic = new HttpTraffic(server.listener(), this::connection);
		this.linger = linger;
		this.limit = new HttpTimeLimit(loop.deadlines(), this::expired);
	}

	/**
	 * Creates a guard for a connection that has been that of another guard.
	 */
	ConnectionGuard(ConnectionGuard before) {
		this.server = before.server;
		this.traffic = before.traffic;
		this.linger = before.linger;
		this.connection = before.connection();
		this.limit = new HttpTimeLimit(this.connection.nettyLoop().deadlines(), this::expired);
	}

	final HttpContext server() {
		return this.server;
	}

	final HttpLinger linger() {
		return this.linger;
	}

	final HttpTimeLimit limit() {
		return this.limit;
	}

	final ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	final HttpConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

	final void connection(HttpConnection connection) {
		this.connection = connection;
	}

	@Override
	public final HttpTraffic traffic() {
		return this.traffic;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public final void handlerRemoved(ChannelHandlerContext context) {
		end();
	}

	// ---- its state

	/**
	 * The peer has become a connection, at the latest now.
	 */
	final void open() {
		if (!this.opened) {
			this.opened = true;
			this.server.listener().connected(connection());
		}
	}

	@Override
	public final boolean isOpened() {
		return this.opened;
	}

	/**
	 * Has everything dropped that still comes.
	 */
	final void stop() {
		this.over = true;
	}

	final boolean isOver() {
		return this.over;
	}

	/**
	 * Leaves the connection to whoever comes next.
	 */
	final void leave() {
		this.gone = true;
		stopWatching();
	}

	final boolean isGone() {
		return this.gone;
	}

	@Override
	public final boolean isHeld() {
		return this.holds != 0;
	}

	final boolean isHeld(int bit) {
		return (this.holds & bit) != 0;
	}

	@Override
	public final void hold(int bit) {
		this.holds |= bit;
	}

	@Override
	public void release(int bit) {
		this.holds &= ~bit;
	}

	// ---- outbound

	@Override
	public final WriteProgress writeProgress() {
		return WriteProgress.of(context().channel());
	}

	/**
	 * Sees from now on that the peer takes what it has asked for.
	 */
	final void watchSending() {
		SendWatch watch = this.sendWatch;
		if (watch == null) {
			watch = new SendWatch(connection().nettyLoop().deadlines(), this, this.server.sendNanos());
			this.sendWatch = watch;
		}
		watch.start();
	}

	private void stopWatching() {
		if (this.sendWatch != null) {
			this.sendWatch.stop();
		}
	}

	/**
	 * Tells whether something waits for the peer's leave that the channel does not have
	 * yet.
	 */
	abstract boolean isBlockedByPeer();

	/**
	 * The peer does not take what it has asked for.
	 */
	final void notTaken() {
		Resets.prepare(context().channel());
		abort(new CloseReason(1008, "response not taken in time", Cause.TIMEOUT));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.traffic.sending(message);
		context.write(message, promise);
	}

	@Override
	public final void flush(ChannelHandlerContext context) {
		context.flush();
		this.traffic.sent(this.opened);
	}

	// ---- the end

	/**
	 * Notes why the connection ends. The first reason is the one that counts.
	 */
	final void noteEnd(CloseReason end) {
		if (this.reason == null) {
			this.reason = end;
		}
	}

	final boolean isEnding() {
		return this.reason != null;
	}

	@Override
	public final void abort(CloseReason reason) {
		noteEnd(reason);
		if (!this.gone) {
			this.linger.drop();
		}
	}

	/**
	 * The peer sends nothing any more.
	 */
	abstract void inputEnded();

	@Override
	public final void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
			inputEnded();
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public final void channelInactive(ChannelHandlerContext context) {
		end();
		context.fireChannelInactive();
	}

	@Override
	public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.server.noteLoss(connection(), cause, !this.opened && this.reason == null)) {
			noteEnd(CloseReason.LOST);
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	/**
	 * Tells whether nothing that was asked for has not been answered.
	 */
	abstract boolean isAnswered();

	/**
	 * Tells whether the connection goes on as one of another protocol.
	 */
	abstract boolean isUpgraded();

	/**
	 * Gives up what is held of requests.
	 */
	abstract void discard();

	private void end() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		this.over = true;
		this.limit.clear();
		stopWatching();
		this.traffic.unlimited();
		this.traffic.received(this.opened);
		CloseReason unsaid = isAnswered() ? CloseReason.NO_STATUS : CloseReason.LOST;
		discard();
		if (this.opened) {
			this.server.listener().closed(connection(), Objects.requireNonNullElse(this.reason, unsaid));
		}
		else if (!isUpgraded() && (this.reason == null || this.reason == CloseReason.NO_STATUS)) {
			this.server.listener().rejected(RejectReason.ABANDONED);
		}
		this.server.remove(connection(), isUpgraded());
	}

	/**
	 * Answers a request that does not get complete.
	 * @param phase what the time was limited for
	 * @return whether there is one, else the connection is idle
	 */
	abstract boolean refuseLate(Phase phase);

	/**
	 * Closes a connection that has been idle for too long.
	 */
	abstract void closeIdle();

	private void expired(Phase phase) {
		if (phase == Phase.LINGER) {
			this.linger.drop();
		}
		else if (isHeld(LIMIT)) {
			// It may have been sent, nobody has looked.
			this.limit.set((phase == Phase.IDLE) ? this.server.idleNanos() : this.server.requestNanos(), phase);
		}
		else if (!refuseLate(phase)) {
			noteEnd(new CloseReason(1000, "idle", Cause.TIMEOUT));
			if (!this.opened) {
				this.server.listener().rejected(RejectReason.TIMEOUT);
			}
			closeIdle();
		}
	}

}
