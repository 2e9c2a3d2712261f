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

package io.github.workerman.execution;

import java.util.concurrent.Executor;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.execution.EventProcessor.Progress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of one connection in order, one at a time, also where some of them are
 * worked on by other threads or take their time. <pre>
 *   IDLE --put--> RUNNING --done--> IDLE
 *                  |  ^  \--later--> WAITING --resume--> RUNNING
 *        elsewhere v  | back
 *                  AWAY (a batch is with the executor, or on its way)
 * </pre> One thread at a time owns the right to work: the event loop, or while AWAY a
 * thread of the executor, which takes all events that have piled up and goes on as long
 * as they may block, so that many events cost two hops. {@code current},
 * {@code finished}, {@code outcome} and the taken part of the backlog belong to the
 * owner, everything else to the loop; the executor and the loop hand them over, so that
 * nothing is locked and nothing volatile.
 * <p>
 * The mailbox is bounded by not reading: from {@link #HIGH} unfinished events on the
 * connection is held, and read again from half of that down. Events that come
 * nevertheless, such as the close, are kept.
 */
public final class ConnectionMailbox {

	/** How many unfinished events stop reading. */
	static final int HIGH = 64;

	/** How many unfinished events let it go on. */
	static final int LOW = HIGH / 2;

	private static final Log logger = LogFactory.getLog(ConnectionMailbox.class);

	private final ManagedConnection connection;

	private final ConnectionLoop loop;

	private final EventProcessor processor;

	private final Executor blocking;

	private final Backlog backlog = new Backlog();

	private State state = State.IDLE;

	private int unfinished;

	private boolean held;

	private boolean resumed;

	private boolean closed;

	private @Nullable RejectedHandover rejected;

	private @Nullable Object current;

	private int finished;

	private Progress outcome = Progress.DONE;

	/**
	 * Creates a mailbox. On the event loop.
	 * @param connection the connection
	 * @param processor works on its events
	 * @param blocking runs what may block
	 */
	public ConnectionMailbox(ManagedConnection connection, EventProcessor processor, Executor blocking) {
		this.connection = connection;
		this.loop = connection.loop();
		this.processor = processor;
		this.blocking = blocking;
	}

	/**
	 * Adds an event, which is worked on at once if nothing is before it and it may run on
	 * the event loop. On the event loop only.
	 * @param event the event
	 */
	public void put(Object event) {
		this.unfinished++;
		if (this.state == State.IDLE) {
			this.current = event;
			run(true);
		}
		else {
			this.backlog.add(event);
			if (this.unfinished >= HIGH) {
				hold();
			}
		}
	}

	/**
	 * Adds the last event and ends what is waited for. On the event loop only.
	 * @param event the event
	 */
	public void close(Object event) {
		this.closed = true;
		if (this.state == State.WAITING) {
			this.processor.cancel();
		}
		put(event);
	}

	/**
	 * Lets the processor go on after {@link Progress#LATER}. To be called once for each,
	 * on any thread, also before the processor has returned.
	 */
	public void resume() {
		// As a task also on the loop: handlers do not run within one another.
		this.loop.execute(this::resumed);
	}

	private void resumed() {
		if (this.state == State.WAITING) {
			run(false);
		}
		else {
			this.resumed = true;
		}
	}

	/**
	 * Works as long as the loop may.
	 * @param fresh whether the first event has just come, so that more may be about to
	 * come with it
	 */
	private void run(boolean fresh) {
		this.state = State.RUNNING;
		while (true) {
			Progress progress = drain(true);
			settle();
			if (progress == Progress.DONE && !this.backlog.take()) {
				this.state = State.IDLE;
				this.connection.idle();
				return;
			}
			if (progress == Progress.LATER && !goesOn()) {
				return;
			}
			if (progress == Progress.ELSEWHERE) {
				this.state = State.AWAY;
				if (fresh) {
					this.loop.execute(this::handOver);
				}
				else {
					handOver();
				}
				return;
			}
		}
	}

	private boolean goesOn() {
		if (this.resumed) {
			this.resumed = false;
			return true;
		}
		this.state = State.WAITING;
		if (this.closed) {
			this.processor.cancel();
		}
		return false;
	}

	private void handOver() {
		this.backlog.take();
		try {
			this.blocking.execute(this::runAway);
			this.rejected = null;
		}
		catch (Throwable ex) {
			// Also when there is no memory for one more thread.
			refused(ex);
		}
	}

	/*
	 * On a thread of the executor.
	 */
	private void runAway() {
		this.outcome = drain(false);
		this.loop.execute(this::back);
	}

	private void back() {
		Progress progress = this.outcome;
		settle();
		if (progress != Progress.LATER || goesOn()) {
			run(false);
		}
	}

	/*
	 * The executor has too much to do. Nothing is lost and nothing more is read; it is
	 * asked again a little later.
	 */
	private void refused(Throwable ex) {
		RejectedHandover attempts = (this.rejected != null) ? this.rejected : new RejectedHandover(this.connection);
		this.rejected = attempts;
		hold();
		if (!attempts.isHopeless(this.closed, this.unfinished, ex)) {
			attempts.again(this::handOver, ex);
		}
	}

	/*
	 * Works on events until none is left or the processor stops. By the owner.
	 */
	private Progress drain(boolean onLoop) {
		while (true) {
			Object event = this.current;
			if (event == null) {
				event = this.backlog.poll();
				if (event == null) {
					return Progress.DONE;
				}
				this.current = event;
			}
			Progress progress = process(event, onLoop);
			if (progress != Progress.DONE) {
				return progress;
			}
			this.current = null;
			this.finished++;
		}
	}

	private Progress process(Object event, boolean onLoop) {
		try {
			return this.processor.process(event, onLoop);
		}
		catch (Throwable ex) {
			logger.error("[" + this.connection.id() + "] An event is lost because of an unexpected error", ex);
			return Progress.DONE;
		}
	}

	private void settle() {
		this.unfinished -= this.finished;
		this.finished = 0;
		if (this.held && this.unfinished <= LOW) {
			this.held = false;
			this.connection.release(Hold.MAILBOX);
		}
	}

	private void hold() {
		if (!this.held) {
			this.held = true;
			this.connection.hold(Hold.MAILBOX);
		}
	}

	private enum State {

		IDLE, RUNNING, AWAY, WAITING

	}

}
