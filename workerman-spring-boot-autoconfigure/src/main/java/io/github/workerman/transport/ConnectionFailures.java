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

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

import javax.net.ssl.SSLException;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.tls.TlsFailure;
import io.github.workerman.transport.tls.TlsHello;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What may go wrong on a connection, and how it ends then: what is logged, what the
 * application is told and which way {@link ConnectionLifecycle} takes. Has no state, so
 * that a connection on which nothing goes wrong pays nothing. On the event loop only.
 */
final class ConnectionFailures {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private ConnectionFailures() {
	}

	/**
	 * The peer has violated its protocol.
	 */
	static void violated(NettyConnection connection, ProtocolException violation) {
		ConnectionLifecycle lifecycle = connection.lifecycle();
		if (violation instanceof HandshakeException handshake) {
			lifecycle.arrival().reject(handshake);
			return;
		}
		boolean tls = connection.inbox().beganLikeTls() && !connection.isSecure();
		ProtocolException error = tls ? TlsHello.violation() : violation;
		if (logger.isDebugEnabled()) {
			logger.debug(connection + " violated its protocol: " + error.getMessage());
		}
		connection.inbox().discard();
		if (lifecycle.isEstablished()) {
			if (tls) {
				connection.endpoint().listener().rejected(RejectReason.TLS);
				connection.outbox().control().writeBytes(TlsHello.alert());
			}
			connection.endpoint().listener().failed(connection, error);
			lifecycle.beginClose(error.closeReason(), false);
		}
		else if (lifecycle.isClosing()) {
			lifecycle.stopWaiting();
		}
		else {
			connection.channel().close();
		}
	}

	/**
	 * The peer has exceeded a limit.
	 */
	static void exceeded(NettyConnection connection, CloseReason reason) {
		if (logger.isDebugEnabled()) {
			logger.debug(connection + " is closed: " + reason.text());
		}
		connection.inbox().discard();
		connection.lifecycle().beginClose(reason, false);
	}

	/**
	 * Something of ours has failed.
	 */
	static void broken(NettyConnection connection, Throwable error) {
		logger.error(connection + " is closed because of an unexpected error", error);
		connection.inbox().discard();
		ConnectionLifecycle lifecycle = connection.lifecycle();
		if (lifecycle.isClosing()) {
			lifecycle.stopWaiting();
		}
		else {
			lifecycle.beginClose(CloseReason.INTERNAL_ERROR, false);
		}
	}

	/**
	 * The channel has failed, or something on the way to it.
	 */
	static void channelFailed(NettyConnection connection, Throwable failure) {
		ConnectionLifecycle lifecycle = connection.lifecycle();
		Throwable cause = TlsFailure.unwrap(failure);
		if (lifecycle.arrival().isRejected() && cause instanceof SSLException) {
			// What it was rejected for, once more.
			return;
		}
		boolean lost = cause instanceof IOException;
		if (!lost) {
			logger.error(connection + " is dropped because of an unexpected error", cause);
		}
		else if (logger.isDebugEnabled() && !(cause instanceof ClosedChannelException)) {
			logger.debug(connection + " is lost: " + TlsFailure.line(cause));
		}
		if (lost && lifecycle.isEstablished()) {
			connection.endpoint().listener().failed(connection, cause);
		}
		lifecycle.drop(lost ? CloseReason.LOST : CloseReason.INTERNAL_ERROR);
	}

}
