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

import java.net.SocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.http.HttpExchange;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose peer sends HTTP requests. It cannot be sent to: what requests are
 * answered with is up to their exchanges. {@link HttpGuard} drives it.
 */
final class HttpConnection implements ManagedConnection, HttpExchange.Owner {

	static final AttributeKey<HttpConnection> KEY = AttributeKey.valueOf(HttpConnection.class, "connection");

	private final EndpointContext endpoint;

	private final NettyLoop loop;

	private final Channel channel;

	private final HttpGuard guard;

	private final long number;

	private final ConnectionAttributes attributes = new ConnectionAttributes();

	private final long openedAt = System.currentTimeMillis();

	private final SocketAddress remoteAddress;

	private final SocketAddress localAddress;

	private @Nullable Object attachment;

	private volatile @Nullable NettyHttpExchange exchange;

	private long begun;

	private @Nullable HttpRefusal refusal;

	private long refusedRequest;

	private volatile boolean closing;

	HttpConnection(EndpointContext endpoint, NettyLoop loop, Channel channel, HttpGuard guard) {
		this.endpoint = endpoint;
		this.loop = loop;
		this.channel = channel;
		this.guard = guard;
		this.number = endpoint.connections().nextNumber();
		this.remoteAddress = channel.remoteAddress();
		this.localAddress = channel.localAddress();
		channel.attr(KEY).set(this);
	}

	HttpGuard guard() {
		return this.guard;
	}

	EndpointContext endpoint() {
		return this.endpoint;
	}

	boolean isClosing() {
		return this.closing;
	}

	/**
	 * A request has its turn.
	 * @return what it is refused for, or {@code null}
	 */
	@Nullable HttpRefusal begin(NettyHttpExchange exchange) {
		this.exchange = exchange;
		return (++this.begun == this.refusedRequest) ? this.refusal : null;
	}

	/**
	 * Refuses a request, which may have its turn now, later or never.
	 * @param request the number of the request
	 */
	void refuse(HttpRefusal refusal, long request) {
		this.refusal = refusal;
		this.refusedRequest = request;
		NettyHttpExchange current = this.exchange;
		if (current != null && this.begun == request) {
			current.refuse(refusal);
		}
	}

	/**
	 * The channel has closed.
	 */
	void closed() {
		this.closing = true;
		NettyHttpExchange current = this.exchange;
		if (current != null) {
			current.abandon();
		}
	}

	@Override
	public HttpExchange exchange() {
		return Objects.requireNonNull(this.exchange, "No request has come");
	}

	@Override
	public String id() {
		return this.endpoint.connections().id(this.number);
	}

	@Override
	public String server() {
		return this.endpoint.settings().server();
	}

	@Override
	public String protocol() {
		return "http";
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public Attributes attributes() {
		return this.attributes;
	}

	@Override
	public boolean isPushable() {
		return false;
	}

	@Override
	public SendResult send(Object message) {
		return SendResult.CLOSED;
	}

	@Override
	public CompletionStage<SendResult> sendAsync(Object message) {
		return CompletableFuture.completedStage(SendResult.CLOSED);
	}

	@Override
	public void close() {
		close(CloseReason.NORMAL);
	}

	@Override
	public void close(Object last) {
		close();
	}

	/**
	 * Closes after the response to the request under way.
	 */
	@Override
	public void close(CloseReason reason) {
		this.closing = true;
		onLoop(() -> {
			NettyHttpExchange current = this.exchange;
			if (current != null) {
				current.endEvents();
			}
			this.guard.closeWhenIdle(reason);
		});
	}

	@Override
	public void destroy() {
		this.closing = true;
		onLoop(() -> this.guard.abort(new CloseReason(1006, "destroyed", CloseReason.Cause.ERROR)));
	}

	@Override
	public void pause() {
		hold(Hold.APPLICATION);
	}

	@Override
	public void resume() {
		release(Hold.APPLICATION);
	}

	@Override
	public void pipeTo(Connection target) {
		throw new UnsupportedOperationException("The requests of an HTTP connection cannot be piped");
	}

	@Override
	public boolean isOpen() {
		return !this.closing && this.channel.isActive();
	}

	@Override
	public long pendingBytes() {
		return 0;
	}

	@Override
	public long maxSendBuffer() {
		return this.endpoint.settings().maxSendBuffer();
	}

	@Override
	public void maxSendBuffer(long bytes) {
		throw new UnsupportedOperationException("The send buffer of an HTTP connection is the server's");
	}

	@Override
	public int maxMessageSize() {
		return this.endpoint.settings().maxMessageSize();
	}

	@Override
	public void maxMessageSize(int bytes) {
		throw new UnsupportedOperationException("The size limit of an HTTP connection is the server's");
	}

	@Override
	public ConnectionStatistics statistics() {
		TrafficCount in = this.guard.traffic().in();
		TrafficCount out = this.guard.traffic().out();
		return new ConnectionStatistics(Instant.ofEpochMilli(this.openedAt), in.totalMessages(), out.totalMessages(),
				in.totalBytes(), out.totalBytes(), 0);
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	NettyLoop nettyLoop() {
		return this.loop;
	}

	@Override
	public void hold(Hold reason) {
		onLoop(() -> this.guard.hold(1 << reason.ordinal()));
	}

	@Override
	public void release(Hold reason) {
		onLoop(() -> this.guard.release(1 << reason.ordinal()));
	}

	@Override
	public void whenWritable(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public void attachment(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	private void onLoop(Runnable task) {
		if (this.loop.inLoop()) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	@Override
	public String toString() {
		return server() + " " + id() + " " + this.remoteAddress;
	}

}
