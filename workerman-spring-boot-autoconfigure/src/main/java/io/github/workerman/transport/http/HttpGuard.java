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
import io.github.workerman.transport.Buffers;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the HTTP codec of a connection: lets only requests through that
 * nobody can misunderstand, and one at a time; hands the channel over when the first one
 * asks for a websocket; watches the time, counts, and knows how the connection ended. On
 * the event loop only.
 */
final class HttpGuard extends ChannelDuplexHandler implements HttpDriver {

	static final String NAME = "workerman.http.guard";

	/* The hold under which nothing is read. */
	static final int LIMIT = 1 << Hold.LIMIT.ordinal();

	private final HttpContext server;

	private final NettyLoop loop;

	private final HttpFraming framing;

	private final HttpTraffic traffic;

	private final HttpTimeLimit limit;

	private @Nullable ChannelHandlerContext context;

	private @Nullable HttpConnection connection;

	private final HttpShortcut shortcut;

	private final HttpBacklog kept = new HttpBacklog();

	private int holds;

	private boolean readWanted;

	/* Requests let through, and those that have been responded to. */
	private long passed;

	private long responded;

	private long requestBytes;

	private boolean opened;

	private boolean upgraded;

	private boolean gone;

	/* Nothing is let through any more. */
	private boolean over;

	private boolean closeWhenIdle;

	private boolean inputEnded;

	private boolean forwarded;

	private final HttpLinger linger;

	private @Nullable CloseReason reason;

	HttpGuard(HttpContext server, NettyLoop loop, HttpLinger linger) {
		this.linger = linger;
		this.server = server;
		this.loop = loop;
		this.framing = server.newFraming();
		this.traffic = new HttpTraffic(server.listener(), this::connection);
		this.shortcut = new HttpShortcut(server, this);
		this.limit = new HttpTimeLimit(loop.deadlines(), this::expired);
	}

	@Override
	public HttpTraffic traffic() {
		return this.traffic;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.connection = new HttpConnection(this.server, this.loop, context.channel(), this);
		this.server.add(this.connection);
		// A peer that says nothing has not opened a connection yet.
		this.limit.set(this.server.requestNanos(), Phase.FIRST);
		this.traffic.limiter(HttpLimiter.start(this.server, this.connection));
		this.shortcut.start(this.connection);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		end();
	}

	private HttpConnection connection() {
		return Objects.requireNonNull(this.connection);
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	// ---- inbound

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf bytes)) {
			context.fireChannelRead(message);
			return;
		}
		this.traffic.in().bytes(bytes.readableBytes());
		if (this.over) {
			bytes.release();
			return;
		}
		ByteBuf before = this.kept.take();
		process((before == null) ? bytes : Buffers.join(context.alloc(), before, bytes), before != null);
	}

	/* Lets through what may pass and keeps the rest. Takes the buffer over. */
	private void process(ByteBuf bytes, boolean own) {
		int end = bytes.writerIndex();
		int position = bytes.readerIndex();
		HttpRefusal refusal = null;
		boolean lost = false;
		try {
			while (position < end && !waits()) {
				boolean between = this.framing.isBetweenRequests();
				int next = this.framing.advance(bytes, position);
				if (next == position) {
					break;
				}
				this.requestBytes = (between ? 0 : this.requestBytes) + next - position;
				HttpHead head = this.framing.takeHead();
				if (head != null && !pass(head)) {
					upgrade(head, bytes);
					return;
				}
				position = next;
				if (this.framing.isBetweenRequests()) {
					this.traffic.in().message((int) Math.min(this.requestBytes, Integer.MAX_VALUE));
					if (head != null && this.shortcut.takes(head) && this.shortcut.handle(head, context())) {
						bytes.readerIndex(position);
					}
				}
			}
		}
		catch (HttpRefusal ex) {
			refusal = ex;
			lost = this.framing.isBetweenRequests();
		}
		this.limit.watch(this.server.requestNanos(), position - bytes.readerIndex(), !this.framing.isBetweenRequests(),
				position < end && !waits());
		if (position == end) {
			idle();
		}
		this.forwarded |= this.kept.pass(bytes, position, refusal == null, own, context());
		if (refusal != null) {
			refuse(refusal, lost);
		}
	}

	private boolean waits() {
		return this.framing.isBetweenRequests()
				&& (this.passed != this.responded || this.closeWhenIdle || this.holds != 0);
	}

	/* Tells whether a head is that of a request, else of an upgrade or of HTTP/2. */
	private boolean pass(HttpHead head) throws HttpRefusal {
		if (this.server.takesOver(head, context().channel(), this.opened, this.passed == this.responded)) {
			return false;
		}
		if (!this.opened) {
			this.opened = true;
			this.server.listener().connected(connection());
		}
		this.passed++;
		return true;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		boolean idle = !this.forwarded;
		this.forwarded = false;
		if (!endBatch() || !idle) {
			context.fireChannelReadComplete();
		}
		if (idle && !this.gone) {
			// The codec has not seen anything that it would read on for.
			read(context);
		}
	}

	/* Reports what was read, flushes what was answered; tells whether anything was. */
	private boolean endBatch() {
		this.traffic.received(this.opened);
		if (!this.shortcut.needsFlush()) {
			return false;
		}
		flush(context());
		return true;
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if ((!this.kept.isEmpty() && waits()) || (this.holds & LIMIT) != 0) {
			this.readWanted = true;
		}
		else {
			context.read();
		}
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
		return !this.framing.isBetweenRequests();
	}

	@Override
	public void hold(int bit) {
		this.holds |= bit;
	}

	@Override
	public void release(int bit) {
		this.holds &= ~bit;
		this.loop.execute(this::goOn);
	}

	private void goOn() {
		if (this.gone || waits() || !context().channel().isActive()) {
			return;
		}
		ByteBuf before = this.over ? null : this.kept.take();
		if (before != null) {
			int size = before.readableBytes();
			process(before, true);
			endBatch();
			context().fireChannelReadComplete();
			if (this.inputEnded && this.kept.size() > 0 && this.kept.size() < size) {
				// There may be another request.
				this.loop.execute(this::goOn);
			}
			else if (this.inputEnded) {
				endOfInput();
			}
		}
		if (this.readWanted && !this.gone) {
			this.readWanted = false;
			read(context());
		}
	}

	// ---- refusals

	@Override
	public void refuse(HttpRefusal refusal, boolean lost) {
		this.over = true;
		this.linger.begin();
		this.limit.clear();
		noteEnd(refusal.end());
		if (lost) {
			this.passed++;
		}
		this.server.refuse(connection(), refusal, context(), this.passed, lost, this.opened);
	}

	// ---- outbound

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.traffic.sending(message);
		context.write(message, promise);
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		this.traffic.sent(this.opened);
	}

	/**
	 * The response to a request goes out with those of its batch.
	 * @param size its size on the wire
	 */
	void answered(int size) {
		this.responded++;
		this.traffic.out().message(size);
	}

	/**
	 * The response to a request has been written.
	 * @param size its size on the wire, as far as that is known
	 */
	void responded(int size) {
		this.responded++;
		this.traffic.out().message(size);
		this.traffic.sent(this.opened);
		if (this.passed == this.responded) {
			if (this.closeWhenIdle) {
				// After what is being written.
				this.loop.execute(() -> context().channel().close());
				return;
			}
			if (this.kept.isEmpty()) {
				idle();
			}
		}
		if (!this.kept.isEmpty() || this.readWanted) {
			this.loop.execute(this::goOn);
		}
	}

	private void idle() {
		if (this.passed == this.responded && this.framing.isBetweenRequests()) {
			this.limit.idle(this.server.idleNanos());
		}
	}

	// ---- websocket

	private void upgrade(HttpHead head, ByteBuf bytes) {
		this.over = true;
		this.limit.clear();
		if (head.isHttp2()) {
			this.gone = true;
			this.server.http2(context(), new Http2Guard(this.server, connection(), this.traffic, this.linger), bytes);
			return;
		}
		this.upgraded = true;
		if (this.opened) {
			noteEnd(CloseReason.NORMAL);
		}
		endBatch();
		this.server.upgrade(context(), this.loop, bytes);
	}

	// ---- the end

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
			this.inputEnded = true;
			if (this.kept.isEmpty()) {
				endOfInput();
			}
			else {
				goOn();
			}
		}
		context.fireUserEventTriggered(event);
	}

	/**
	 * The peer sends nothing any more, and all that it has sent has been looked at. What
	 * it has asked for is answered.
	 */
	private void endOfInput() {
		if (this.framing.isBetweenRequests()) {
			closeWhenIdle(CloseReason.NO_STATUS);
		}
		else {
			abort(CloseReason.LOST);
		}
	}

	@Override
	public void closeWhenIdle(CloseReason reason) {
		noteEnd(reason);
		this.closeWhenIdle = true;
		if (this.passed == this.responded && !this.gone) {
			this.linger.closeAfterWrites();
		}
	}

	@Override
	public void breakOff() {
		noteEnd(CloseReason.INTERNAL_ERROR);
		if (!this.gone) {
			this.linger.closeAfterWrites();
		}
	}

	@Override
	public void abort(CloseReason reason) {
		noteEnd(reason);
		if (!this.gone) {
			TlsTermination.drop(context().channel());
		}
	}

	private void noteEnd(CloseReason end) {
		if (this.reason == null) {
			this.reason = end;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		end();
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
		if (this.server.noteLoss(connection(), cause, !this.opened && this.reason == null)) {
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
		this.kept.discard();
		this.traffic.unlimited();
		this.traffic.received(this.opened);
		if (this.opened) {
			CloseReason end = (this.reason != null) ? this.reason
					: (this.passed == this.responded) ? CloseReason.NO_STATUS : CloseReason.LOST;
			this.server.listener().closed(connection(), end);
		}
		else if (!this.upgraded && (this.reason == null || this.reason == CloseReason.NO_STATUS)) {
			this.server.listener().rejected(RejectReason.ABANDONED);
		}
		this.server.remove(connection(), this.upgraded);
	}

	/* A time limit is over. */
	private void expired(Phase phase) {
		if ((this.holds & LIMIT) != 0) {
			// It may have been sent, nobody has looked.
			this.limit.set((phase == Phase.IDLE) ? this.server.idleNanos() : this.server.requestNanos(), phase);
			return;
		}
		if (phase == Phase.REQUEST || (phase == Phase.FIRST && !this.kept.isEmpty())) {
			this.kept.discard();
			refuse(new HttpRefusal(408, "the request was not complete in time"), this.framing.isBetweenRequests());
			return;
		}
		noteEnd(new CloseReason(1000, "idle", Cause.TIMEOUT));
		if (!this.opened) {
			this.server.listener().rejected(RejectReason.TIMEOUT);
		}
		context().close();
	}

}
