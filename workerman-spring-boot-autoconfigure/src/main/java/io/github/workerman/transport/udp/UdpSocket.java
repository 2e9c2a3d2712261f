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

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.SendResult;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.ListeningSocket;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.TrafficCount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams: finds the messages in what is received, hands them on with
 * their sender, and sends. Everything but {@link #send} and what says so happens on the
 * event loop.
 * <p>
 * Datagrams whose handlers have not ended are bounded: at {@link #HIGH} of them nothing
 * is received until half of them have; what the system cannot keep meanwhile is lost, as
 * datagrams may be.
 */
final class UdpSocket extends ChannelInboundHandlerAdapter {

	/** How many unfinished datagrams stop receiving. */
	static final int HIGH = 1024;

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final int FIRST_CAPACITY = 512;

	private static final int TOO_BIG = 1009;

	private static final long CLOSE_SECONDS = 5;

	private final UdpContext endpoint;

	private final NettyLoop loop;

	private final TrafficCount in = new TrafficCount();

	private final TrafficCount out = new TrafficCount();

	private final AtomicLong pending = new AtomicLong();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private volatile @Nullable ChannelHandlerContext context;

	private int unfinished;

	private boolean held;

	private boolean stopping;

	private boolean reading;

	private boolean flushPlanned;

	private @Nullable NettyUdpPeer lastSender;

	private @Nullable NettyUdpPeer lastReceiver;

	UdpSocket(UdpContext endpoint, NettyLoop loop) {
		this.endpoint = endpoint;
		this.loop = loop;
	}

	// ---- any thread

	UdpContext endpoint() {
		return this.endpoint;
	}

	NettyLoop loop() {
		return this.loop;
	}

	Channel channel() {
		return context().channel();
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	boolean isOpen() {
		ChannelHandlerContext context = this.context;
		return context != null && context.channel().isActive();
	}

	long pending() {
		return this.pending.get();
	}

	void stopReceiving() {
		this.loop.execute(() -> {
			this.stopping = true;
			if (this.context != null) {
				channel().config().setAutoRead(false);
			}
			completeIfDone();
		});
	}

	CompletableFuture<Void> drained() {
		return this.drained;
	}

	void close() {
		if (this.context != null) {
			channel().close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
			if (channel() instanceof NioDatagramChannel) {
				ListeningSocket.awaitNextSelect(channel());
			}
		}
	}

	/**
	 * Sends a message as a datagram. On any thread.
	 */
	SendResult send(NettyUdpPeer peer, Object message, @Nullable CompletableFuture<SendResult> written) {
		long size = Math.max(Payloads.sizeBound(message), FIRST_CAPACITY);
		if (this.pending.addAndGet(size) > this.endpoint.settings().maxSendBuffer()) {
			this.pending.addAndGet(-size);
			this.endpoint.listener().dropped(peer, 1);
			return SendResult.BUFFER_FULL;
		}
		if (this.loop.inLoop()) {
			write(peer, message, size, written);
		}
		else {
			this.loop.execute(() -> {
				try {
					write(peer, message, size, written);
				}
				catch (Throwable ex) {
					logger.error("Message cannot be sent to " + peer, ex);
					if (written != null) {
						written.completeExceptionally(ex);
					}
				}
			});
		}
		return SendResult.ACCEPTED;
	}

	private void write(NettyUdpPeer peer, Object message, long size, @Nullable CompletableFuture<SendResult> written) {
		ByteBuf bytes;
		try {
			bytes = encode(peer, message);
		}
		catch (Throwable ex) {
			// Also when memory or the stack is used up.
			this.pending.addAndGet(-size);
			throw ex;
		}
		int length = bytes.readableBytes();
		if (length == 0) {
			bytes.release();
			this.pending.addAndGet(-size);
			complete(written, SendResult.ACCEPTED);
			return;
		}
		this.out.message(length);
		this.out.bytes(length);
		peer.count(length);
		this.lastReceiver = peer;
		if (this.endpoint.wiretap() != null) {
			this.endpoint.wiretap().sent(peer, message);
		}
		context().write(new DatagramPacket(bytes, peer.address())).addListener((future) -> {
			this.pending.addAndGet(-size);
			if (!future.isSuccess()) {
				refused(peer, length, future.cause());
			}
			complete(written, future.isSuccess() ? SendResult.ACCEPTED : SendResult.CLOSED);
		});
		flushSoon();
	}

	private ByteBuf encode(NettyUdpPeer peer, Object message) {
		ByteBuf bytes = context().alloc().directBuffer(FIRST_CAPACITY);
		try {
			peer.codec().encode(message, bytes);
			return bytes;
		}
		catch (Throwable ex) {
			bytes.release();
			throw ex;
		}
	}

	private void refused(NettyUdpPeer peer, int length, Throwable cause) {
		if (logger.isDebugEnabled()) {
			logger.debug(length + " bytes to " + peer + " were refused: " + cause.getMessage());
		}
		this.endpoint.listener().datagramDropped(DatagramDrop.REFUSED);
	}

	private static void complete(@Nullable CompletableFuture<SendResult> written, SendResult result) {
		if (written != null) {
			written.complete(result);
		}
	}

	private void flushSoon() {
		if (!this.reading && !this.flushPlanned) {
			this.flushPlanned = true;
			this.loop.execute(this::flush);
		}
	}

	private void flush() {
		this.flushPlanned = false;
		context().flush();
		NettyUdpPeer receiver = this.lastReceiver;
		if (receiver != null && !this.out.isEmpty()) {
			this.lastReceiver = null;
			this.endpoint.listener().sent(receiver, this.out);
			this.out.next();
		}
	}

	// ---- what the channel tells

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		DatagramPacket packet = (DatagramPacket) message;
		this.reading = true;
		try {
			if (!this.stopping) {
				receive(packet);
			}
		}
		catch (ProtocolException ex) {
			drop(packet, (ex.code() == TOO_BIG) ? DatagramDrop.TOO_BIG : DatagramDrop.MALFORMED, ex.getMessage());
		}
		catch (Throwable ex) {
			logger.error("A datagram of " + Addresses.format(packet.sender()) + " to server '"
					+ this.endpoint.settings().server() + "' is lost because of an unexpected error", ex);
			this.endpoint.listener().datagramDropped(DatagramDrop.ERROR);
		}
		finally {
			packet.release();
		}
	}

	private void receive(DatagramPacket packet) throws ProtocolException {
		ByteBuf bytes = packet.content();
		int size = bytes.readableBytes();
		this.in.bytes(size);
		NettyUdpPeer peer = new NettyUdpPeer(this, packet.sender(), size);
		this.lastSender = peer;
		if (size > this.endpoint.largest()) {
			throw ProtocolException.tooBig(this.endpoint.largest());
		}
		this.unfinished++;
		try {
			deliver(peer, bytes);
		}
		finally {
			peer.delivered();
			holdIfFull();
		}
	}

	/*
	 * Also after a datagram that turned out to be malformed: its first messages may be
	 * with handlers.
	 */
	private void holdIfFull() {
		if (this.unfinished >= HIGH && !this.held) {
			this.held = true;
			channel().config().setAutoRead(false);
		}
	}

	private void deliver(NettyUdpPeer peer, ByteBuf bytes) throws ProtocolException {
		while (bytes.isReadable()) {
			int start = bytes.readerIndex();
			Object message = peer.codec().decode(bytes);
			if (message == null) {
				if (bytes.isReadable()) {
					throw ProtocolException.malformed("the datagram ends within a message");
				}
				return;
			}
			int size = bytes.readerIndex() - start;
			if (size == 0) {
				throw new IllegalStateException(
						"Codec " + peer.codec().getClass().getName() + " takes messages out of no bytes, without end");
			}
			this.in.message(size);
			if (this.endpoint.wiretap() != null) {
				this.endpoint.wiretap().received(peer, message);
			}
			peer.deliver(message);
		}
	}

	private void drop(DatagramPacket packet, DatagramDrop reason, @Nullable String why) {
		if (logger.isDebugEnabled()) {
			logger.debug("Dropped a datagram of " + Addresses.format(packet.sender()) + " to server '"
					+ this.endpoint.settings().server() + "': " + why);
		}
		this.endpoint.listener().datagramDropped(reason);
	}

	/**
	 * The handlers of a datagram have ended.
	 */
	void finished() {
		this.unfinished--;
		if (this.held && this.unfinished <= HIGH / 2) {
			this.held = false;
			channel().config().setAutoRead(!this.stopping);
		}
		completeIfDone();
	}

	private void completeIfDone() {
		if (this.stopping && this.unfinished == 0) {
			this.drained.complete(null);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.reading = false;
		NettyUdpPeer sender = this.lastSender;
		if (sender != null) {
			this.lastSender = null;
			this.endpoint.listener().received(sender, this.in);
			this.in.next();
		}
		flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof IOException)) {
			logger.error("Unexpected error on the socket of server '" + this.endpoint.settings().server() + "'", cause);
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Server '" + this.endpoint.settings().server() + "': " + cause.getMessage());
		}
	}

}
