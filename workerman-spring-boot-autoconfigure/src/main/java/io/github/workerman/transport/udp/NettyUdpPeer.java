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

package io.github.workerman.transport.udp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.transport.AbstractConnection;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The sender of one datagram.
 */
final class NettyUdpPeer extends AbstractConnection implements UdpPeer, CodecContext {

	private final UdpSocket socket;

	private final InetSocketAddress address;

	private final int bytesIn;

	private final long receivedAt = System.currentTimeMillis();

	private final Codec codec;

	private int messagesIn;

	private int messagesOut;

	private long bytesOut;

	/* Whether handlers still have something to do, and whether more may come. */
	private boolean idle = true;

	private boolean delivered;

	private boolean finished;

	NettyUdpPeer(UdpSocket socket, InetSocketAddress address, int bytesIn) {
		super(socket.loop(), socket.endpoint().connections().nextNumber());
		this.socket = socket;
		this.address = address;
		this.bytesIn = bytesIn;
		this.codec = socket.endpoint().codecs().create(this);
	}

	InetSocketAddress address() {
		return this.address;
	}

	Codec codec() {
		return this.codec;
	}

	/**
	 * Hands a message to the handlers.
	 */
	void deliver(Object message) {
		this.messagesIn++;
		this.idle = false;
		try {
			endpoint().listener().message(this, message);
		}
		finally {
			// Without a mailbox the handlers have ended.
			this.idle |= attachment() == null;
		}
	}

	/**
	 * No further message comes of the datagram.
	 */
	void delivered() {
		this.delivered = true;
		finishIfIdle();
	}

	@Override
	public void idle() {
		this.idle = true;
		if (this.delivered) {
			finishIfIdle();
		}
	}

	private void finishIfIdle() {
		if (this.idle && !this.finished) {
			this.finished = true;
			this.socket.finished();
		}
	}

	void count(int bytes) {
		this.messagesOut++;
		this.bytesOut += bytes;
	}

	// ---- Connection: any thread

	@Override
	public String protocol() {
		return "udp";
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.address;
	}

	@Override
	public SocketAddress localAddress() {
		return this.socket.channel().localAddress();
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public boolean isSecure() {
		return false;
	}

	@Override
	protected UdpContext endpoint() {
		return this.socket.endpoint();
	}

	@Override
	public SendResult send(Object message) {
		return send(message, null);
	}

	@Override
	protected SendResult send(Object message, @Nullable CompletableFuture<SendResult> written) {
		if (!isOpen()) {
			return SendResult.CLOSED;
		}
		Object payload = this.codec.accepts(message) ? message : endpoint().messages().write(message);
		return this.socket.send(this, payload, written);
	}

	@Override
	public void close(CloseReason reason) {
		// There is nothing to close.
	}

	@Override
	public void destroy() {
		// There is nothing to close.
	}

	@Override
	public boolean isOpen() {
		return this.socket.isOpen();
	}

	@Override
	public long pendingBytes() {
		return this.socket.pending();
	}

	@Override
	public ConnectionStatistics statistics() {
		return new ConnectionStatistics(Instant.ofEpochMilli(this.receivedAt), this.messagesIn, this.messagesOut,
				this.bytesIn, this.bytesOut, 0);
	}

	// ---- ManagedConnection

	@Override
	public void hold(Hold reason) {
		// What comes of a datagram is bounded by its size.
	}

	@Override
	public void release(Hold reason) {
		// Nothing is held.
	}

	// ---- CodecContext

	@Override
	public MessageKind kind() {
		return endpoint().settings().preferredKind();
	}

	@Override
	public @Nullable ByteBuf answer(int bytes) {
		return null;
	}

}
