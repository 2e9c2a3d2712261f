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
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.SendResult;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.transport.AbstractConnection;
import io.github.workerman.transport.EndpointContext;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.ProxyHeaderHandler;
import io.github.workerman.transport.SocketNames;
import io.github.workerman.transport.TrafficCount;
import io.github.workerman.transport.tls.TlsPeer;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose peer sends HTTP requests. It cannot be sent to: what requests are
 * answered with is up to their exchanges. An {@link HttpDriver} moves it, at first that
 * of HTTP/1.1.
 */
final class HttpConnection extends AbstractConnection implements HttpCarrier, HttpExchange.Owner {

	static final AttributeKey<HttpConnection> KEY = AttributeKey.valueOf(HttpConnection.class, "connection");

	private final EndpointContext endpoint;

	private final Channel channel;

	private volatile HttpDriver driver;

	private final long openedAt = System.currentTimeMillis();

	private final ResponseClock clock;

	private final SocketAddress peerAddress;

	private final SocketAddress localAddress;

	private final boolean secure;

	private final @Nullable Principal principal;

	/* What holds for all requests, unless proxies say something else of each. */
	private final HttpOrigin origin;

	private final boolean forwarded;

	private volatile SocketAddress client;

	private volatile @Nullable NettyHttpExchange exchange;

	/* The exchange whose request is on its way to reactor-netty. */
	private @Nullable NettyHttpExchange passing;

	private long begun;

	private @Nullable HttpRefusal refusal;

	private long refusedRequest;

	private volatile boolean closing;

	/*
	 * The number of the last request there will be, once the peer sends nothing any more.
	 */
	private long lastRequest;

	HttpConnection(HttpContext server, NettyLoop loop, Channel channel, HttpDriver driver) {
		super(loop, server.endpoint().connections().nextNumber());
		TlsTermination termination = server.tls();
		SslHandler tls = (termination != null) ? channel.pipeline().get(SslHandler.class) : null;
		this.secure = tls != null;
		this.principal = (tls != null && termination != null && termination.asksForCertificates())
				? TlsPeer.principal(tls.engine().getSession()) : null;
		this.endpoint = server.endpoint();
		this.clock = server.clock();
		this.channel = channel;
		this.driver = driver;
		this.peerAddress = SocketNames.jdk(channel.remoteAddress());
		this.localAddress = SocketNames.jdk(channel.localAddress());
		this.client = channel.hasAttr(ProxyHeaderHandler.CLIENT) ? channel.attr(ProxyHeaderHandler.CLIENT).get()
				: this.peerAddress;
		this.origin = new HttpOrigin(this.client, this.secure, null, null);
		this.forwarded = this.endpoint.isForwarded(this.client);
		channel.attr(KEY).set(this);
	}

	HttpDriver driver() {
		return this.driver;
	}

	/**
	 * Has somebody else go on with the connection.
	 */
	void driver(HttpDriver driver) {
		this.driver = driver;
	}

	@Override
	public EndpointContext endpoint() {
		return this.endpoint;
	}

	@Override
	public ResponseClock clock() {
		return this.clock;
	}

	@Override
	public boolean isClosing() {
		return this.closing;
	}

	@Override
	public void breakOff() {
		this.driver.breakOff();
	}

	@Override
	public void cut() {
		destroy();
	}

	/**
	 * A request has its turn.
	 * @return what it is refused for, or {@code null}
	 */
	@Nullable HttpRefusal begin(NettyHttpExchange exchange) {
		this.exchange = exchange;
		noteClient(exchange.nettyRequest());
		return (++this.begun == this.refusedRequest) ? this.refusal : null;
	}

	/**
	 * Takes note of where a request comes from. On the event loop.
	 */
	void noteClient(NettyHttpRequest request) {
		if (this.forwarded) {
			this.client = request.origin().client();
		}
	}

	/**
	 * Tells whether the peer is a trusted proxy, whose requests are those of several
	 * clients.
	 */
	boolean isForwarded() {
		return this.forwarded;
	}

	/**
	 * Finds what speaks against a request that can be understood. On the event loop,
	 * once.
	 * @return what it is refused for, or {@code null}
	 */
	@Nullable HttpRefusal objection(NettyHttpRequest request) {
		HttpOrigin from = request.origin();
		if (from.contradiction() != null) {
			return HttpRefusal.malformed(from.contradiction());
		}
		HttpLimiter limiter = this.driver.traffic().limiter();
		return (limiter != null) ? limiter.admit(from.client()) : null;
	}

	@Override
	public HttpOrigin origin(Supplier<HttpHeaders> headers) {
		return this.forwarded ? this.origin.forwarded(this.endpoint.settings().trustedProxies(), headers.get())
				: this.origin;
	}

	/**
	 * Has an exchange that has had its turn wait for reactor-netty.
	 */
	void pass(NettyHttpExchange exchange) {
		this.passing = exchange;
	}

	/**
	 * Returns the exchange of the request that reactor-netty has got.
	 * @return the exchange, or {@code null} if it is to have its turn now
	 */
	@Nullable NettyHttpExchange passed() {
		NettyHttpExchange passed = this.passing;
		this.passing = null;
		return passed;
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
	 * All requests so far have been responded to. Until the next one comes their bodies
	 * and those of the responses are of no use.
	 */
	void allAnswered() {
		this.exchange = null;
	}

	/**
	 * The peer sends nothing any more, and waits for the response to its last request.
	 * @param last the number of that request
	 */
	void inputEnded(long last) {
		this.closing = true;
		this.lastRequest = last;
		streaming();
	}

	@Override
	public void streaming() {
		NettyHttpExchange current = this.exchange;
		if (this.begun == this.lastRequest && current != null && current.isStream()) {
			this.driver.abort(CloseReason.LOST);
		}
	}

	/**
	 * Tells whether the last request of a peer that sends nothing any more has not been
	 * responded to by its handler.
	 */
	boolean isAwaited() {
		NettyHttpExchange current = this.exchange;
		return this.begun < this.lastRequest || (current != null && !current.isAnswered());
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
	public String protocol() {
		return "http";
	}

	/**
	 * That of the client of the request under way, or of the last one, where a proxy
	 * names it.
	 */
	@Override
	public SocketAddress remoteAddress() {
		return this.client;
	}

	@Override
	public SocketAddress peerAddress() {
		return this.peerAddress;
	}

	@Override
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public boolean isPushable() {
		return false;
	}

	@Override
	public SendResult send(Object message) {
		return send(message, null);
	}

	@Override
	protected SendResult send(Object message, @Nullable CompletableFuture<SendResult> written) {
		return SendResult.CLOSED;
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
			this.driver.closeWhenIdle(reason);
		});
	}

	@Override
	public void destroy() {
		this.closing = true;
		onLoop(() -> this.driver.abort(new CloseReason(1006, "destroyed", CloseReason.Cause.ERROR)));
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
	public ConnectionStatistics statistics() {
		TrafficCount in = this.driver.traffic().in();
		TrafficCount out = this.driver.traffic().out();
		return new ConnectionStatistics(Instant.ofEpochMilli(this.openedAt), in.totalMessages(), out.totalMessages(),
				in.totalBytes(), out.totalBytes(), 0);
	}

	@Override
	public void hold(Hold reason) {
		onLoop(() -> this.driver.hold(1 << reason.ordinal()));
	}

	@Override
	public void release(Hold reason) {
		onLoop(() -> this.driver.release(1 << reason.ordinal()));
	}

}
