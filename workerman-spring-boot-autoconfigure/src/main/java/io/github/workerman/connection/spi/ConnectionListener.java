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

package io.github.workerman.connection.spi;

import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;

/**
 * Learns what happens to the connections of one server. All methods are called on the
 * connection's event loop and must not block it. For one connection the order is
 * {@code handshake} where the protocol has one, {@code connected}, any of the others, and
 * {@code closed} last and exactly once; a peer that is turned away is reported by
 * {@code rejected} alone.
 * <p>
 * An exception thrown by a method is a defect of the listener: it is logged and the
 * connection closed with 1011.
 */
public interface ConnectionListener {

	/**
	 * Decides whether a peer is let in. Nothing else is read from it meanwhile.
	 * @param connection the connection to be, which cannot send yet
	 * @param handshake what the peer asks for
	 * @param decision takes the decision, once, on any thread, within this call or later
	 */
	default void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		decision.accept(HandshakeDecision.accept());
	}

	/**
	 * A connection is open.
	 * @param connection the connection
	 */
	default void connected(ManagedConnection connection) {
	}

	/**
	 * A message has come.
	 * @param connection the connection
	 * @param message what the protocol's codec made of the bytes
	 */
	default void message(ManagedConnection connection, Object message) {
	}

	/**
	 * More bytes wait than the send buffer may hold; reported once until
	 * {@link #bufferDrained}.
	 * @param connection the connection
	 */
	default void bufferFull(ManagedConnection connection) {
	}

	/**
	 * What filled the send buffer has been written.
	 * @param connection the connection
	 */
	default void bufferDrained(ManagedConnection connection) {
	}

	/**
	 * The connection is about to close because of an error of the peer or of its network.
	 * @param connection the connection
	 * @param error what is wrong
	 */
	default void failed(ManagedConnection connection, Throwable error) {
	}

	/**
	 * No further message will be delivered, because the peer has ended its stream in a
	 * way that still lets it receive, or because the server drains. What was delivered
	 * may still be answered.
	 * @param connection the connection
	 * @param close closes the connection, to be called on the event loop when everything
	 * that was delivered has been handled
	 */
	default void ending(ManagedConnection connection, Runnable close) {
		close.run();
	}

	/**
	 * A connection has closed.
	 * @param connection the connection
	 * @param reason why
	 */
	default void closed(ManagedConnection connection, CloseReason reason) {
	}

	/**
	 * A peer was turned away before it became a connection.
	 * @param reason why
	 */
	default void rejected(RejectReason reason) {
	}

	/**
	 * A peer has gone beyond a limit of the server, whatever follows from that. Told once
	 * for each message that is dropped, and once each time that a connection is closed or
	 * paused or a peer turned away.
	 * @param limit the limit
	 */
	default void limitExceeded(Limit limit) {
	}

	/**
	 * A datagram was dropped.
	 * @param reason why
	 */
	default void datagramDropped(DatagramDrop reason) {
	}

	/**
	 * A stream of HTTP/2 was reset because of what its peer has sent. The connection
	 * stays.
	 * @param reason why
	 */
	default void streamReset(StreamReset reason) {
	}

	/**
	 * A batch of bytes has been read and the messages in it have been delivered.
	 * @param connection the connection
	 * @param traffic what was read, valid during the call
	 */
	default void received(ManagedConnection connection, Traffic traffic) {
	}

	/**
	 * A batch of messages has been handed to the socket.
	 * @param connection the connection
	 * @param traffic what was handed over, valid during the call
	 */
	default void sent(ManagedConnection connection, Traffic traffic) {
	}

	/**
	 * Messages were refused because the send buffer was full. May be called on any
	 * thread.
	 * @param connection the connection
	 * @param messages the number of messages
	 */
	default void dropped(ManagedConnection connection, int messages) {
	}

}
