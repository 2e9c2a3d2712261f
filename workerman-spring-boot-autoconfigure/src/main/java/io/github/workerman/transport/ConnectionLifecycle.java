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

import java.net.UnixDomainSocketAddress;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.limit.Deadlines;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a connection opens and closes; {@link ConnectionFailures} decides how when
 * something goes wrong. <pre>
 * ARRIVING --handshake--> DECIDING --accepted--> OPEN --goodbye sent--> CLOSING --> CLOSED
 *     |                       |
 *     +------- rejected ------+---------------------------------------> CLOSING --> CLOSED
 * </pre> While CLOSING a {@link Departure} is under way. {@code CLOSED} is reached when
 * the channel says so and only then are close handlers called.
 */
final class ConnectionLifecycle extends Deadlines.Deadline {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final CloseReason DESTROYED = new CloseReason(1006, "destroyed", Cause.ERROR);

	private final NettyConnection connection;

	private final Arrival arrival;

	private final Departure departure;

	private final Completion completion;

	private volatile State state = State.ARRIVING;

	/** Set at once by a thread that closes, before the loop gets to it. */
	private volatile boolean closeRequested;

	private @Nullable CloseReason reason;

	private boolean opened;

	private long openedAt;

	ConnectionLifecycle(NettyConnection connection) {
		this.connection = connection;
		this.arrival = new Arrival(connection, this);
		this.departure = new Departure(connection);
		this.completion = new Completion(connection, this, this.departure);
	}

	// ---- seen by others

	boolean isOpen() {
		return this.state == State.OPEN && !this.closeRequested;
	}

	boolean isGivenUp() {
		return this.closeRequested;
	}

	Arrival arrival() {
		return this.arrival;
	}

	Completion completion() {
		return this.completion;
	}

	boolean isArriving() {
		return this.state == State.ARRIVING;
	}

	boolean isEstablished() {
		return this.state == State.OPEN;
	}

	boolean isDeciding() {
		return this.state == State.DECIDING;
	}

	boolean isClosing() {
		return this.state == State.CLOSING || this.state == State.CLOSED;
	}

	boolean isClosed() {
		return this.state == State.CLOSED;
	}

	boolean awaitsGoodbye() {
		return this.departure.awaitsGoodbye();
	}

	/**
	 * Tells whether everything has been said and only the peer's end is waited for.
	 */
	boolean isLingering() {
		return this.departure.isLingering();
	}

	boolean wasOpened() {
		return this.opened;
	}

	long openedAt() {
		return this.openedAt;
	}

	// ---- opening, on the loop

	void start() {
		this.openedAt = System.currentTimeMillis();
		if (this.arrival.begin()) {
			this.connection.endpoint().arriving().add(this.connection);
			limit(this.connection.endpoint().settings().handshakeTimeout().toNanos());
		}
		else {
			open();
		}
	}

	/**
	 * Deals with what the codec decoded that is no message.
	 */
	void control(Object decoded) throws ProtocolException {
		if (decoded instanceof CloseReason goodbye) {
			goodbye(goodbye);
		}
		else if (decoded instanceof Handshake handshake && this.state == State.ARRIVING) {
			tap(handshake);
			if (!this.connection.endpoint().admits(this.connection, handshake.remoteAddress())) {
				this.arrival.rejectedElsewhere();
				this.state = State.CLOSING;
				return;
			}
			this.state = State.DECIDING;
			this.arrival.ask(handshake);
			if (this.state == State.DECIDING) {
				// What a peer sends meanwhile must not pile up.
				this.connection.autoRead(false);
			}
		}
	}

	/**
	 * The connection is open from now on.
	 */
	void open() {
		this.connection.nettyLoop().deadlines().remove(this);
		this.state = State.OPEN;
		this.opened = true;
		// In this order: who asks for all connections meanwhile must not miss it.
		this.connection.endpoint().open().put(this.connection.number(), this.connection);
		this.connection.endpoint().arriving().remove(this.connection);
		try {
			this.connection.endpoint().listener().connected(this.connection);
		}
		catch (Throwable ex) {
			ConnectionFailures.broken(this.connection, ex);
		}
	}

	/**
	 * The peer is turned away.
	 */
	void turnAway() {
		this.state = State.CLOSING;
		this.connection.inbox().discard();
	}

	/**
	 * Leaves as soon as the peer has got what it is told.
	 */
	void depart() {
		this.departure.begin(false);
	}

	// ---- closing

	/**
	 * Closes with a goodbye. On any thread.
	 */
	void close(CloseReason reason) {
		this.closeRequested = true;
		this.connection.onLoop(() -> beginClose(reason, true));
	}

	/**
	 * Resets the connection. On any thread.
	 */
	void destroy() {
		this.closeRequested = true;
		this.connection.onLoop(() -> {
			noteEnd(DESTROYED);
			this.departure.abort();
		});
	}

	/**
	 * Closes the channel without a goodbye.
	 */
	void drop(CloseReason reason) {
		noteEnd(reason);
		channel().close();
	}

	/**
	 * Says goodbye.
	 * @param patient whether the peer's own goodbye is waited for
	 */
	void beginClose(CloseReason reason, boolean patient) {
		if (isClosing()) {
			return;
		}
		if (this.state != State.OPEN) {
			this.connection.dropChannel();
			return;
		}
		tap(reason);
		ByteBuf out = this.connection.outbox().control();
		this.state = State.CLOSING;
		this.reason = reason;
		this.departure.begin(encodeClose(reason, out) && patient);
		// A peer's goodbye is found even when reading was held.
		this.connection.resumeReading();
	}

	/**
	 * No goodbye of the peer is to be expected any more.
	 */
	void stopWaiting() {
		if (this.state == State.CLOSING) {
			this.departure.stopWaiting();
		}
	}

	private boolean encodeClose(CloseReason reason, ByteBuf out) {
		try {
			return this.connection.codec().encodeClose(reason, out);
		}
		catch (RuntimeException ex) {
			logger.error("Unexpected error at the goodbye to " + this.connection, ex);
			return false;
		}
	}

	private void goodbye(CloseReason goodbye) {
		this.departure.goodbyeCame();
		if (this.state == State.OPEN) {
			beginClose(goodbye, false);
		}
	}

	/**
	 * The channel is going to be closed, without a goodbye: nothing is delivered or sent
	 * any more. The first reason counts.
	 */
	private void noteEnd(CloseReason reason) {
		if (this.reason == null) {
			this.reason = reason;
		}
		if (!isClosing()) {
			this.state = State.CLOSING;
		}
		this.departure.abandon();
	}

	/**
	 * Sets the time limit of what is under way, in place of the one before.
	 */
	void limit(long nanos) {
		Deadlines deadlines = this.connection.nettyLoop().deadlines();
		deadlines.remove(this);
		deadlines.add(this, nanos);
	}

	@Override
	protected void expired() {
		if (this.state == State.ARRIVING || this.state == State.DECIDING) {
			this.arrival.expired();
		}
		else {
			this.departure.expired();
		}
	}

	/**
	 * The channel has closed: the end, whatever led to it.
	 */
	void channelClosed() {
		if (this.state == State.CLOSED) {
			return;
		}
		this.state = State.CLOSED;
		this.connection.nettyLoop().deadlines().remove(this);
		this.connection.endpoint().arriving().remove(this.connection);
		this.connection.endpoint().open().remove(this.connection.number());
		this.connection.inbox().discard();
		this.connection.inbox().report();
		this.connection.outbox().closed();
		CloseReason reason = (this.reason != null) ? this.reason : unexpectedEnd();
		this.connection.codec().release();
		if (this.opened) {
			this.connection.endpoint().listener().closed(this.connection, reason);
		}
		else if (!this.arrival.isRejected()) {
			this.connection.endpoint().listener().rejected(RejectReason.ABANDONED);
		}
	}

	/*
	 * Unix domain sockets have no network to be lost in, and most transports do not tell
	 * of the end of the stream before they close them.
	 */
	private CloseReason unexpectedEnd() {
		return (this.connection.endpoint().settings().address() instanceof UnixDomainSocketAddress)
				? this.connection.codec().endOfStream() : CloseReason.LOST;
	}

	private Channel channel() {
		return this.connection.channel();
	}

	private void tap(Object event) {
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			wiretap.event(this.connection, event);
		}
	}

	private enum State {

		ARRIVING, DECIDING, OPEN, CLOSING, CLOSED

	}

}
