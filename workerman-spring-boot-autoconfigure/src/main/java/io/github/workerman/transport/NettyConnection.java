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

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.SendResult;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection: what the application calls, tied to a channel.
 * <p>
 * All state belongs to the event loop; a call from another thread becomes a task there.
 * Exceptions are few and said at the field: what is volatile is read everywhere and
 * written by the loop, and statistics are read without care. {@link Inbox} receives,
 * {@link Outbox} sends, {@link ConnectionLifecycle} opens and closes.
 */
class NettyConnection extends ChannelConnection {

	private final EndpointContext endpoint;

	private final Inbox inbox;

	private final Outbox outbox;

	private final ConnectionLifecycle lifecycle;

	private final Codec codec;

	private @Nullable Pipe pipe;

	private @Nullable ConnectionLimiter limiter;

	private int holds;

	private volatile int maxMessageSize;

	/** The broadcast under way that this connection has got a part of, and how much. */
	@Nullable SharedBatch sharedBatch;

	int sharedPosition;

	NettyConnection(EndpointContext endpoint, NettyLoop loop, ChannelHandlerContext context, long number) {
		super(context, loop, number);
		this.endpoint = endpoint;
		this.maxMessageSize = endpoint.settings().maxMessageSize();
		this.inbox = new Inbox(this);
		this.outbox = new Outbox(this, context, endpoint.settings().maxSendBuffer());
		this.lifecycle = new ConnectionLifecycle(this);
		this.codec = endpoint.codecs().create(this);
	}

	static NettyConnection create(EndpointContext endpoint, NettyLoop loop, ChannelHandlerContext context) {
		long number = endpoint.connections().nextNumber();
		return endpoint.handshakes() ? new NettyWebSocketConnection(endpoint, loop, context, number)
				: new NettyConnection(endpoint, loop, context, number);
	}

	void start() {
		this.lifecycle.start();
		channel().config().setAutoRead(this.holds == 0 || this.lifecycle.isClosing());
	}

	// ---- Connection: any thread

	@Override
	public String protocol() {
		return this.endpoint.protocolName();
	}

	@Override
	public SendResult send(Object message) {
		return send(message, null);
	}

	@Override
	protected final SendResult send(Object message, @Nullable CompletableFuture<SendResult> written) {
		if (!isOpen()) {
			return SendResult.CLOSED;
		}
		Object payload = this.codec.accepts(message) ? message : this.endpoint.messages().write(message);
		return nettyLoop().inLoop() ? this.outbox.send(payload, written) : this.outbox.offer(payload, written);
	}

	@Override
	public void close(CloseReason reason) {
		this.lifecycle.close(reason);
	}

	@Override
	public void destroy() {
		this.lifecycle.destroy();
	}

	@Override
	public void pipeTo(Connection target) {
		if (!(target instanceof NettyConnection connection)) {
			throw new IllegalArgumentException("Only connections of this node can be a pipe's target, not " + target);
		}
		onLoop(() -> {
			this.pipe = new Pipe(this, connection);
			if (this.lifecycle.isClosed()) {
				this.pipe.sourceClosed();
			}
		});
	}

	@Override
	public boolean isOpen() {
		return this.lifecycle.isOpen();
	}

	@Override
	public long pendingBytes() {
		return this.outbox.room().pending();
	}

	@Override
	public long maxSendBuffer() {
		return this.outbox.room().limit();
	}

	@Override
	public void maxSendBuffer(long bytes) {
		if (bytes <= 0) {
			throw new IllegalArgumentException("The send buffer must hold at least one byte, not " + bytes);
		}
		this.outbox.room().limit(bytes);
	}

	@Override
	public int maxMessageSize() {
		return this.maxMessageSize;
	}

	@Override
	public void maxMessageSize(int bytes) {
		if (bytes <= 0) {
			throw new IllegalArgumentException("A message must be allowed at least one byte, not " + bytes);
		}
		this.maxMessageSize = bytes;
	}

	@Override
	public ConnectionStatistics statistics() {
		TrafficCount in = this.inbox.traffic();
		TrafficCount out = this.outbox.traffic();
		return new ConnectionStatistics(Instant.ofEpochMilli(this.lifecycle.openedAt()), in.totalMessages(),
				out.totalMessages(), in.totalBytes(), out.totalBytes(), this.outbox.room().dropped());
	}

	// ---- ManagedConnection

	@Override
	public void hold(Hold reason) {
		onLoop(() -> {
			this.holds |= 1 << reason.ordinal();
			if (!this.lifecycle.isClosing()) {
				autoRead(false);
			}
		});
	}

	@Override
	public void release(Hold reason) {
		onLoop(() -> {
			int before = this.holds;
			this.holds &= ~(1 << reason.ordinal());
			if (before != 0 && this.holds == 0) {
				// As a task in any case: messages are never delivered within this call.
				nettyLoop().execute(this::goOn);
			}
		});
	}

	@Override
	public void whenWritable(Runnable task) {
		onLoop(() -> this.outbox.room().whenRoom(task));
	}

	@Override
	public boolean isGivenUp() {
		return this.lifecycle.isGivenUp();
	}

	// ---- CodecContext

	@Override
	public MessageKind kind() {
		return (this.pipe != null) ? MessageKind.BINARY : this.endpoint.preferredKind();
	}

	@Override
	public @Nullable ByteBuf answer(int bytes) {
		return (this.lifecycle.isClosing() || bytes > this.outbox.room().left()) ? null : this.outbox.control();
	}

	// ---- the engine, on the loop

	@Override
	protected EndpointContext endpoint() {
		return this.endpoint;
	}

	Codec codec() {
		return this.codec;
	}

	@Nullable ConnectionLimiter limiter() {
		return this.limiter;
	}

	void limiter(ConnectionLimiter limiter) {
		this.limiter = limiter;
	}

	Inbox inbox() {
		return this.inbox;
	}

	Outbox outbox() {
		return this.outbox;
	}

	ConnectionLifecycle lifecycle() {
		return this.lifecycle;
	}

	/**
	 * Tells whether the codec may be asked for the next message.
	 */
	boolean wantsMessages() {
		return this.lifecycle.isClosing() ? this.lifecycle.awaitsGoodbye()
				: this.holds == 0 && !this.lifecycle.isDeciding();
	}

	/**
	 * Tells whether messages can be queued, seen from the loop.
	 */
	boolean takesMessages() {
		return this.lifecycle.isEstablished();
	}

	void deliver(Object message, int size) throws ProtocolException {
		if (!this.lifecycle.isEstablished() || message instanceof CloseReason) {
			this.lifecycle.control(message);
			return;
		}
		Pipe pipe = this.pipe;
		if (pipe == null && this.endpoint.refuses(message)) {
			throw ProtocolException
				.unsupported((message instanceof String) ? "no text messages here" : "no binary messages here");
		}
		this.inbox.traffic().message(size);
		Wiretap wiretap = this.endpoint.wiretap();
		if (wiretap != null) {
			wiretap.received(this, message);
		}
		if (pipe != null) {
			pipe.pass(message);
		}
		else {
			this.endpoint.listener().message(this, message);
		}
	}

	void sending(Object message) {
		Wiretap wiretap = this.endpoint.wiretap();
		if (wiretap != null) {
			wiretap.sent(this, message);
		}
	}

	boolean isHeld() {
		return this.holds != 0;
	}

	private void goOn() {
		if (this.holds == 0) {
			resumeReading();
		}
	}

	void resumeReading() {
		this.inbox.decode();
		if (this.holds == 0) {
			this.lifecycle.completion().caughtUp();
		}
		if (!this.inbox.isReading()) {
			this.inbox.report();
			this.outbox.flush();
		}
		if (this.holds == 0 || this.lifecycle.isClosing()) {
			autoRead(true);
		}
	}

	/**
	 * Has the channel read by itself, or not. One that has closed is left alone: it says
	 * so in a later turn of the loop, and its descriptor may be another one's by now.
	 */
	void autoRead(boolean on) {
		Channel channel = channel();
		if (channel.isOpen()) {
			channel.config().setAutoRead(on);
		}
	}

	void readComplete() {
		this.inbox.readComplete();
		this.outbox.flush();
	}

	void channelClosed() {
		this.lifecycle.channelClosed();
		Pipe pipe = this.pipe;
		if (pipe != null) {
			pipe.sourceClosed();
		}
	}

}
