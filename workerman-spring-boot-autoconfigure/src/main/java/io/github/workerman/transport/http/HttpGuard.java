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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.transport.Buffers;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * Stands in front of the HTTP codec of a connection: lets only requests through that
 * nobody can misunderstand, and one at a time; hands the channel over when the first one
 * asks for a websocket; watches the time, counts, and knows how the connection ended. On
 * the event loop only.
 */
final class HttpGuard extends ConnectionGuard {

	static final String NAME = "workerman.http.guard";

	private final NettyLoop loop;

	private final HttpFraming framing;

	private final HttpShortcut shortcut;

	private final HttpBacklog kept = new HttpBacklog();

	private boolean readWanted;

	/* Requests let through, and those that have been responded to. */
	private long passed;

	private long responded;

	private long requestBytes;

	private boolean upgraded;

	private boolean closeWhenIdle;

	private boolean inputEnded;

	private boolean forwarded;

	HttpGuard(HttpContext server, NettyLoop loop, HttpLinger linger) {
		super(server, loop, linger);
		this.loop = loop;
		this.framing = server.newFraming();
		this.shortcut = new HttpShortcut(server, this);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		super.handlerAdded(context);
		HttpConnection connection = new HttpConnection(server(), this.loop, context.channel(), this);
		connection(connection);
		server().add(connection);
		// A peer that says nothing has not opened a connection yet.
		limit().set(server().requestNanos(), Phase.FIRST);
		traffic().limiter(HttpLimiter.start(server(), connection));
		this.shortcut.start(connection);
	}

	// ---- inbound

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf bytes)) {
			context.fireChannelRead(message);
			return;
		}
		traffic().in().bytes(bytes.readableBytes());
		if (isOver()) {
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
					traffic().in().message((int) Math.min(this.requestBytes, Integer.MAX_VALUE));
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
		limit().watch(server().requestNanos(), position - bytes.readerIndex(), !this.framing.isBetweenRequests(),
				position < end && !waits());
		if (position == end) {
			idle();
		}
		if (!isAnswered()) {
			watchSending();
		}
		this.forwarded |= this.kept.pass(bytes, position, refusal == null, own, context());
		if (refusal != null) {
			refuse(refusal, lost);
		}
	}

	private boolean waits() {
		return this.framing.isBetweenRequests() && (this.passed != this.responded || this.closeWhenIdle || isHeld());
	}

	/* Tells whether a head is that of a request, else of an upgrade or of HTTP/2. */
	private boolean pass(HttpHead head) throws HttpRefusal {
		if (server().takesOver(head, context().channel(), isOpened(), isAnswered())) {
			return false;
		}
		open();
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
		if (idle && !isGone()) {
			// The codec has not seen anything that it would read on for.
			read(context);
		}
	}

	/* Reports what was read, flushes what was answered; tells whether anything was. */
	private boolean endBatch() {
		traffic().received(isOpened());
		if (!this.shortcut.needsFlush()) {
			return false;
		}
		flush(context());
		return true;
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if ((!this.kept.isEmpty() && waits()) || isHeld(LIMIT)) {
			this.readWanted = true;
		}
		else if (!this.inputEnded || !(context.channel() instanceof DuplexChannel duplex && duplex.isInputShutdown())) {
			// Epoll takes it for an error to be asked for more than there is.
			context.read();
		}
	}

	@Override
	public boolean isWithinRequest() {
		return !this.framing.isBetweenRequests();
	}

	@Override
	public void release(int bit) {
		super.release(bit);
		this.loop.execute(this::goOn);
	}

	private void goOn() {
		if (isGone() || waits() || !context().channel().isActive()) {
			return;
		}
		ByteBuf before = isOver() ? null : this.kept.take();
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
		if (this.readWanted && !isGone()) {
			this.readWanted = false;
			read(context());
		}
	}

	// ---- refusals

	@Override
	public void refuse(HttpRefusal refusal, boolean lost) {
		stop();
		linger().begin();
		limit().clear();
		noteEnd(refusal.end());
		if (lost) {
			this.passed++;
		}
		server().refuse(connection(), refusal, context(), this.passed, lost, isOpened());
	}

	// ---- outbound

	/**
	 * The response to a request goes out with those of its batch.
	 * @param size its size on the wire
	 */
	void answered(int size) {
		this.responded++;
		traffic().out().message(size);
	}

	/**
	 * The response to a request has been written.
	 * @param size its size on the wire, as far as that is known
	 */
	void responded(int size) {
		this.responded++;
		traffic().out().message(size);
		traffic().sent(isOpened());
		if (isAnswered()) {
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
		if (isAnswered() && this.framing.isBetweenRequests()) {
			connection().allAnswered();
			limit().idle(server().idleNanos());
		}
	}

	// ---- websocket

	private void upgrade(HttpHead head, ByteBuf bytes) {
		stop();
		limit().clear();
		if (head.isHttp2()) {
			leave();
			server().http2(context(), new Http2Guard(this), bytes);
			tellEndOfInput();
			return;
		}
		this.upgraded = true;
		if (isOpened()) {
			noteEnd(CloseReason.NORMAL);
		}
		endBatch();
		server().upgrade(context(), this.loop, bytes);
		tellEndOfInput();
	}

	/* Who goes on was not there when the peer's input ended. */
	private void tellEndOfInput() {
		if (this.inputEnded) {
			context().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	// ---- the end

	@Override
	void inputEnded() {
		this.inputEnded = true;
		if (isOver()) {
			// The answer to what was refused is the last one.
			return;
		}
		if (this.kept.isEmpty()) {
			endOfInput();
		}
		else {
			goOn();
		}
	}

	/**
	 * The peer sends nothing any more, and all that it has sent has been looked at. What
	 * it has asked for is answered, within the time that it might have been idle.
	 */
	private void endOfInput() {
		if (isGone()) {
			return;
		}
		if (!this.framing.isBetweenRequests()) {
			abort(CloseReason.LOST);
		}
		else if (isAnswered()) {
			closeWhenIdle(CloseReason.NO_STATUS);
		}
		else {
			// Whether it has left too is seen when it is answered.
			this.closeWhenIdle = true;
			if (server().idleNanos() > 0) {
				limit().set(server().idleNanos(), Phase.RESPONSE);
			}
			connection().inputEnded(this.passed);
		}
	}

	@Override
	public void closeWhenIdle(CloseReason reason) {
		noteEnd(reason);
		this.closeWhenIdle = true;
		if (isAnswered() && !isGone()) {
			linger().closeAfterWrites();
		}
	}

	@Override
	public void breakOff() {
		noteEnd(CloseReason.INTERNAL_ERROR);
		if (!isGone()) {
			linger().closeAfterWrites();
		}
	}

	@Override
	boolean isAnswered() {
		return this.passed == this.responded;
	}

	@Override
	boolean isBlockedByPeer() {
		return false;
	}

	@Override
	boolean isUpgraded() {
		return this.upgraded;
	}

	@Override
	void discard() {
		this.kept.discard();
	}

	@Override
	boolean refuseLate(Phase phase) {
		if (phase == Phase.RESPONSE) {
			if (connection().isAwaited()) {
				abort(CloseReason.LOST);
			}
			return true;
		}
		if (phase != Phase.REQUEST && (phase != Phase.FIRST || this.kept.isEmpty())) {
			return false;
		}
		this.kept.discard();
		refuse(new HttpRefusal(408, "the request was not complete in time"), this.framing.isBetweenRequests());
		return true;
	}

	@Override
	void closeIdle() {
		context().close();
	}

}
