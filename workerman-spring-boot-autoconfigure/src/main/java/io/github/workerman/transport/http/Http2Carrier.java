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

package io.github.workerman.transport.http;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.transport.EndpointContext;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection of HTTP/2. To handlers it is the connection, which several
 * requests are on at a time; only the exchange is its own.
 */
final class Http2Carrier implements HttpCarrier, HttpExchange.Owner {

	private final HttpConnection connection;

	private final Channel stream;

	private volatile @Nullable NettyHttpExchange exchange;

	Http2Carrier(HttpConnection connection, Channel stream) {
		this.connection = connection;
		this.stream = stream;
	}

	void exchange(NettyHttpExchange exchange) {
		this.exchange = exchange;
	}

	@Override
	public NettyHttpExchange exchange() {
		return Objects.requireNonNull(this.exchange, "No request has come");
	}

	@Override
	public EndpointContext endpoint() {
		return this.connection.endpoint();
	}

	@Override
	public ResponseClock clock() {
		return this.connection.clock();
	}

	@Override
	public HttpOrigin origin(Supplier<HttpHeaders> headers) {
		return this.connection.origin(headers);
	}

	@Override
	public boolean isClosing() {
		return this.connection.isClosing();
	}

	@Override
	public void streaming() {
		// The connection of a peer that sends nothing any more has been closed.
	}

	@Override
	public void breakOff() {
		cut();
	}

	@Override
	public void cut() {
		this.stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
	}

	// ---- the connection

	@Override
	public String id() {
		return this.connection.id();
	}

	@Override
	public String server() {
		return this.connection.server();
	}

	@Override
	public String protocol() {
		return this.connection.protocol();
	}

	/* Requests of several clients may be on the connection of a proxy. */
	@Override
	public SocketAddress remoteAddress() {
		NettyHttpExchange current = this.exchange;
		return (current != null) ? current.nettyRequest().origin().client() : this.connection.remoteAddress();
	}

	@Override
	public SocketAddress peerAddress() {
		return this.connection.peerAddress();
	}

	@Override
	public SocketAddress localAddress() {
		return this.connection.localAddress();
	}

	@Override
	public @Nullable Principal principal() {
		return this.connection.principal();
	}

	@Override
	public boolean isSecure() {
		return this.connection.isSecure();
	}

	@Override
	public Attributes attributes() {
		return this.connection.attributes();
	}

	@Override
	public boolean isPushable() {
		return this.connection.isPushable();
	}

	@Override
	public boolean isGivenUp() {
		return this.connection.isGivenUp();
	}

	@Override
	public SendResult send(Object message) {
		return this.connection.send(message);
	}

	@Override
	public CompletionStage<SendResult> sendAsync(Object message) {
		return this.connection.sendAsync(message);
	}

	@Override
	public void close() {
		this.connection.close();
	}

	@Override
	public void close(Object last) {
		this.connection.close(last);
	}

	@Override
	public void close(CloseReason reason) {
		this.connection.close(reason);
	}

	@Override
	public void destroy() {
		this.connection.destroy();
	}

	@Override
	public void pause() {
		this.connection.pause();
	}

	@Override
	public void resume() {
		this.connection.resume();
	}

	@Override
	public void pipeTo(Connection target) {
		this.connection.pipeTo(target);
	}

	@Override
	public boolean isOpen() {
		return this.connection.isOpen();
	}

	@Override
	public long pendingBytes() {
		return this.connection.pendingBytes();
	}

	@Override
	public long maxSendBuffer() {
		return this.connection.maxSendBuffer();
	}

	@Override
	public void maxSendBuffer(long bytes) {
		this.connection.maxSendBuffer(bytes);
	}

	@Override
	public int maxMessageSize() {
		return this.connection.maxMessageSize();
	}

	@Override
	public void maxMessageSize(int bytes) {
		this.connection.maxMessageSize(bytes);
	}

	@Override
	public ConnectionStatistics statistics() {
		return this.connection.statistics();
	}

	@Override
	public void execute(Runnable task) {
		this.connection.execute(task);
	}

	@Override
	public ConnectionLoop loop() {
		return this.connection.loop();
	}

	@Override
	public void hold(Hold reason) {
		this.connection.hold(reason);
	}

	@Override
	public void release(Hold reason) {
		this.connection.release(reason);
	}

	@Override
	public void whenWritable(Runnable task) {
		this.connection.whenWritable(task);
	}

	@Override
	public @Nullable Object attachment() {
		return this.connection.attachment();
	}

	@Override
	public void attachment(@Nullable Object attachment) {
		this.connection.attachment(attachment);
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
