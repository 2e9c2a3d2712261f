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

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.HandshakeCodec;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.transport.tls.TlsFailure;
import io.netty.buffer.ByteBuf;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * How a peer is let in or turned away: first the handshake of TLS, where the server
 * speaks it, then that of the protocol, where it has one. On the event loop only.
 */
final class Arrival {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final NettyConnection connection;

	private final ConnectionLifecycle lifecycle;

	/** Whether the peer speaks TLS is not known yet, or its handshake is under way. */
	private boolean tlsPending;

	private boolean rejected;

	Arrival(NettyConnection connection, ConnectionLifecycle lifecycle) {
		this.connection = connection;
		this.lifecycle = lifecycle;
	}

	boolean isRejected() {
		return this.rejected;
	}

	/**
	 * The peer has been turned away, and counted, by somebody else.
	 */
	void rejectedElsewhere() {
		this.rejected = true;
	}

	/**
	 * Begins.
	 * @return whether something has to happen before the connection can open
	 */
	boolean begin() {
		this.tlsPending = this.connection.endpoint().tls() != null;
		return this.tlsPending || this.connection.codec() instanceof HandshakeCodec;
	}

	/**
	 * The TLS handshake is complete, or there will be none.
	 */
	void secured() {
		this.tlsPending = false;
		if (this.lifecycle.isArriving() && !(this.connection.codec() instanceof HandshakeCodec)) {
			this.lifecycle.open();
		}
	}

	/**
	 * The peer speaks no TLS.
	 */
	void plaintext(boolean allowed) {
		if (allowed || !this.lifecycle.isArriving()) {
			secured();
			return;
		}
		this.tlsPending = false;
		reject((this.connection.codec() instanceof HandshakeCodec codec) ? codec.tlsRequired()
				: rejection(RejectReason.NOT_TLS, "no TLS on a port with TLS"));
	}

	/**
	 * The TLS handshake has failed. Who says so tells the peer and closes the channel.
	 */
	void tlsFailed(Throwable failure) {
		if (this.lifecycle.isArriving()) {
			boolean present = this.connection.channel().isActive();
			turnAway(rejection(present ? TlsFailure.reason(failure) : RejectReason.ABANDONED,
					"TLS handshake failed: " + TlsFailure.line(failure)));
		}
	}

	/**
	 * Has the application decide about the protocol's handshake.
	 */
	void ask(Handshake handshake) {
		try {
			this.connection.endpoint()
				.listener()
				.handshake(this.connection, handshake, (decision) -> this.connection.onLoop(() -> decided(decision)));
		}
		catch (Throwable ex) {
			if (this.lifecycle.isDeciding()) {
				failed(ex);
			}
			else {
				ConnectionFailures.broken(this.connection, ex);
			}
		}
	}

	private void failed(Throwable ex) {
		logger.error("Unexpected error at the handshake of " + this.connection, ex);
		decided(HandshakeDecision.reject(500, "the server failed"));
	}

	private void decided(HandshakeDecision decision) {
		if (!this.lifecycle.isDeciding()) {
			return;
		}
		ByteBuf out = this.connection.outbox().control();
		int start = out.writerIndex();
		try {
			((HandshakeCodec) this.connection.codec()).complete(decision, out);
		}
		catch (HandshakeException ex) {
			reject(ex);
			return;
		}
		catch (Throwable ex) {
			// Half an answer must not go out.
			out.writerIndex(start);
			if (decision.accepted()) {
				failed(ex);
			}
			else {
				// Not even a refusal can be said.
				ConnectionFailures.broken(this.connection, ex);
			}
			return;
		}
		if (decision.principal() != null) {
			this.connection.principal(decision.principal());
		}
		this.lifecycle.open();
		// What came behind the handshake; a no-op while the decision is made within a
		// read.
		this.connection.resumeReading();
	}

	/**
	 * The time is over.
	 */
	void expired() {
		reject((this.tlsPending || !(this.connection.codec() instanceof HandshakeCodec codec))
				? rejection(RejectReason.TIMEOUT, "TLS handshake was not complete in time") : codec.handshakeTimeout());
	}

	/**
	 * Turns the peer away.
	 */
	void reject(HandshakeException ex) {
		turnAway(ex);
		if (this.tlsPending) {
			// It could not understand an answer.
			this.connection.dropChannel();
			return;
		}
		if (ex.response().length > 0) {
			ByteBuf out = this.connection.outbox().control();
			out.writeBytes(ex.response());
		}
		this.lifecycle.depart();
	}

	private void turnAway(HandshakeException ex) {
		if (logger.isDebugEnabled()) {
			logger.debug("Rejected " + Addresses.format(this.connection.remoteAddress()) + " at server '"
					+ this.connection.server() + "': " + ex.getMessage());
		}
		this.rejected = true;
		this.lifecycle.turnAway();
		this.connection.endpoint().listener().rejected(ex.reason());
	}

	private static HandshakeException rejection(RejectReason reason, String message) {
		return new HandshakeException(reason, message, new byte[0]);
	}

}
