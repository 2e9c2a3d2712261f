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

package io.github.workerman.connection;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * One peer, whatever protocol it speaks. Every method may be called from any thread at
 * any time, also after the connection has closed; none blocks and none throws because the
 * peer is slow, gone or broken.
 * <p>
 * Messages sent from one thread arrive in the order of the calls; between threads no
 * order is promised. Messages sent from a handler that runs on the connection's event
 * loop leave together when the handlers of everything that was read have run.
 */
public interface Connection extends Executor {

	/**
	 * Returns the identifier: unique among all nodes that share a cluster and never used
	 * again, safe to log and to hand to other peers, but no secret.
	 * @return the identifier
	 */
	String id();

	/**
	 * Returns the name of the server that accepted this connection, as in
	 * {@code workerman.servers.<name>}.
	 * @return the server's name
	 */
	String server();

	/**
	 * Returns the name of the protocol that the peer speaks, for instance
	 * {@code websocket}.
	 * @return the protocol's name
	 */
	String protocol();

	/**
	 * Returns where the client comes from: what a trusted proxy says, else the peer's
	 * address as the socket shows it; still known after the close. It does not change
	 * while the connection is open.
	 * @return the address of the client
	 */
	SocketAddress remoteAddress();

	/**
	 * Returns the peer's address as the socket shows it, which is that of the proxy where
	 * there is one; still known after the close.
	 * @return the address of the peer
	 */
	default SocketAddress peerAddress() {
		return remoteAddress();
	}

	/**
	 * Returns the local address that the peer connected to; still known after the close.
	 * @return the local address
	 */
	SocketAddress localAddress();

	/**
	 * Returns who the peer is, when a handshake handler has said so or, as
	 * {@link CertificatePrincipal}, when the peer has shown a certificate.
	 * @return the principal, or {@code null} for an anonymous peer
	 */
	@Nullable Principal principal();

	/**
	 * Tells whether what goes over this connection is encrypted, by this server and not
	 * by a proxy in front of it. Does not change; still known after the close.
	 * @return whether it is; {@code false} by default
	 */
	default boolean isSecure() {
		return false;
	}

	/**
	 * Returns the application's own data about this peer. It lives as long as the
	 * connection is referenced and may still be read in close handlers.
	 * @return the attributes, usable from any thread
	 */
	Attributes attributes();

	/**
	 * Queues a message for the peer. A {@code String} is a text message, {@code byte[]}
	 * and {@link java.nio.ByteBuffer} are binary ones, any other object becomes JSON
	 * text. An array or buffer must not be changed afterwards.
	 * @param message the message
	 * @return {@link SendResult#ACCEPTED} when it was queued,
	 * {@link SendResult#BUFFER_FULL} when with it more than {@link #maxSendBuffer()}
	 * bytes would wait (nothing is queued then), {@link SendResult#CLOSED} when the
	 * connection is closing or closed
	 * @throws io.github.workerman.connection.MessageConversionException if the object
	 * cannot be turned into JSON
	 */
	SendResult send(Object message);

	/**
	 * Queues a message like {@link #send(Object)} and tells when its bytes are with the
	 * operating system, which does not mean that the peer has read them.
	 * @param message the message
	 * @return a stage that completes with {@link SendResult#ACCEPTED} once the bytes were
	 * written, with {@link SendResult#BUFFER_FULL} at once, or with
	 * {@link SendResult#CLOSED} when the connection is or gets closed before; never
	 * exceptionally because of the peer. It completes on the event loop or the calling
	 * thread.
	 * @throws io.github.workerman.connection.MessageConversionException if the object
	 * cannot be turned into JSON
	 */
	CompletionStage<SendResult> sendAsync(Object message);

	/**
	 * Closes normally: what is queued is sent, the peer is told as its protocol can
	 * (websocket: close frame 1000 and the closing handshake), then the socket is closed.
	 * Nothing is received or accepted for sending any more. A peer that does not take its
	 * part within the server's close time-out (5 s) is dropped. Has no effect on a
	 * connection that is closing or closed.
	 */
	void close();

	/**
	 * Sends a last message, then closes as {@link #close()} does. The message is lost
	 * when the send buffer has no room for it.
	 * @param last the message
	 */
	void close(Object last);

	/**
	 * Closes as {@link #close()} does and gives the peer the code and the text, where its
	 * protocol can carry them.
	 * @param reason the code and text; whatever its cause says, close handlers see
	 * {@link CloseReason.Cause#SERVER} unless it is a more telling one
	 */
	void close(CloseReason reason);

	/**
	 * Drops the connection at once: what is queued is lost and the peer sees a reset.
	 */
	void destroy();

	/**
	 * Stops reading: no more messages are delivered, not even those that were received
	 * already, and the peer's own sends stall when the system's buffers are full. A
	 * paused connection may notice late that its peer has gone. Has no effect when
	 * paused.
	 */
	void pause();

	/**
	 * Goes on reading after {@link #pause()}. Messages that were received before are
	 * delivered first, on the event loop and never within this call. Other reasons to
	 * hold reading, such as a full mailbox, stay in force.
	 */
	void resume();

	/**
	 * Sends every further message of this connection to another one instead of the
	 * message handlers. When the target's send buffer is full this connection is not read
	 * until it has drained; when this connection closes the target is closed after what
	 * was passed on. The opposite direction needs a call of its own on the target.
	 * @param target where the messages go
	 */
	void pipeTo(Connection target);

	/**
	 * Tells whether messages can be sent.
	 * @return {@code false} once a close has begun on either side
	 */
	boolean isOpen();

	/**
	 * Returns the bytes that were accepted for sending and are not yet with the operating
	 * system.
	 * @return the waiting bytes, framing included
	 */
	long pendingBytes();

	/**
	 * Returns how many bytes may wait to be sent. Default:
	 * {@code workerman.servers.<name>.max-send-buffer}.
	 * @return the limit in bytes
	 */
	long maxSendBuffer();

	/**
	 * Changes how many bytes may wait to be sent on this connection.
	 * @param bytes the limit in bytes, positive
	 */
	void maxSendBuffer(long bytes);

	/**
	 * Returns how large a received message may be. Default:
	 * {@code workerman.servers.<name>.max-message-size}.
	 * @return the limit in bytes
	 */
	int maxMessageSize();

	/**
	 * Changes how large a received message may be on this connection, from the next
	 * message on.
	 * @param bytes the limit in bytes, positive
	 */
	void maxMessageSize(int bytes);

	/**
	 * Returns what has gone over this connection so far.
	 * @return a snapshot
	 */
	ConnectionStatistics statistics();

	/**
	 * Runs a task on the connection's event loop, after what is already queued there. The
	 * task must not block. It runs also when the connection has closed meanwhile.
	 * @param task the task
	 */
	@Override
	void execute(Runnable task);

}
