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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.LoopWatch;
import io.github.workerman.transport.limit.Deadlines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the engine keeps for an event loop: the connections that wait for a flush and the
 * broadcast that is being collected, both dealt with once when the turn of the loop ends.
 */
public final class NettyLoop implements ConnectionLoop, LoopWatch {

	private static final Log logger = LogFactory.getLog(NettyLoop.class);

	private static final int RECEIVED_SIZE = 128 * 1024;

	private static final VarHandle CURRENT;

	private static final VarHandle SEQUENCE;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			CURRENT = lookup.findVarHandle(NettyLoop.class, "current", Object.class);
			SEQUENCE = lookup.findVarHandle(NettyLoop.class, "sequence", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final EventLoop eventLoop;

	private final Deadlines deadlines;

	private final ByteBuf received = Unpooled.buffer(RECEIVED_SIZE, RECEIVED_SIZE);

	private final List<Outbox> unflushed = new ArrayList<>();

	private final Runnable endOfTurn = this::endTurn;

	private boolean endOfTurnPlanned;

	private @Nullable SharedBatch shared;

	// Written by the loop's thread, read by the detector of blocked loops.
	private volatile @Nullable Thread thread;

	private volatile @Nullable Object current;

	private volatile long sequence;

	NettyLoop(EventLoop eventLoop) {
		this.eventLoop = eventLoop;
		this.deadlines = new Deadlines(eventLoop);
	}

	/**
	 * Copies what was received into the loop's own array, where small pieces of it are
	 * much cheaper to get at than in direct memory, and gives the buffer back.
	 * @return the copy, to be used up or copied before the loop receives anything else;
	 * or the buffer itself if it is too large
	 */
	ByteBuf toHeap(ByteBuf in) {
		int length = in.readableBytes();
		if (in.hasArray() || length > this.received.capacity()) {
			return in;
		}
		this.received.clear();
		in.readBytes(this.received, length);
		in.release();
		return this.received;
	}

	boolean isShared(ByteBuf in) {
		return in == this.received;
	}

	/**
	 * Returns the time limits of the connections of this loop.
	 * @return always the same, to be used on this loop only
	 */
	public Deadlines deadlines() {
		return this.deadlines;
	}

	@Override
	public boolean inLoop() {
		return this.eventLoop.inEventLoop();
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The application stops: its connections are gone and nobody waits for this.
			logger.debug("Task after the end of the event loop: " + task);
		}
	}

	/**
	 * Has an outbox flushed when this turn ends.
	 */
	void flushLater(Outbox outbox) {
		this.unflushed.add(outbox);
		planEndOfTurn();
	}

	@Override
	public void broadcast(Audience audience, Object message) {
		SharedBatch open = this.shared;
		if (open != null && !open.goesTo(audience)) {
			settle();
			open = null;
		}
		if (open == null) {
			open = new SharedBatch(audience);
			this.shared = open;
			planEndOfTurn();
		}
		open.add(message);
	}

	@Override
	public void settle() {
		SharedBatch open = this.shared;
		if (open != null) {
			this.shared = null;
			open.handOver();
		}
	}

	/**
	 * Gives a connection what has been broadcast to it so far, before something else is
	 * sent to it.
	 */
	void catchUp(NettyConnection connection) {
		SharedBatch open = this.shared;
		if (open != null) {
			open.handOverTo(connection);
		}
	}

	@Override
	public void enter(Object what) {
		if (this.thread == null) {
			this.thread = Thread.currentThread();
		}
		SEQUENCE.setOpaque(this, this.sequence + 1);
		CURRENT.setRelease(this, what);
	}

	@Override
	public void exit() {
		CURRENT.setRelease(this, null);
	}

	@Override
	public @Nullable Object current() {
		return this.current;
	}

	@Override
	public long sequence() {
		return this.sequence;
	}

	@Override
	public @Nullable Thread thread() {
		return this.thread;
	}

	private void planEndOfTurn() {
		if (!this.endOfTurnPlanned) {
			this.endOfTurnPlanned = true;
			if (this.eventLoop instanceof SingleThreadEventLoop loop) {
				loop.executeAfterEventLoopIteration(this.endOfTurn);
			}
			else {
				this.eventLoop.execute(this.endOfTurn);
			}
		}
	}

	private void endTurn() {
		try {
			settle();
		}
		catch (Throwable ex) {
			logger.error("Unexpected error in a broadcast", ex);
		}
		// A flush can make room for something that is flushed in its turn.
		for (int i = 0; i < this.unflushed.size(); i++) {
			this.unflushed.get(i).flushAtEndOfTurn();
		}
		this.unflushed.clear();
		this.endOfTurnPlanned = false;
		if (this.shared != null) {
			planEndOfTurn();
		}
	}

}
