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

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.ConnectionChannelHandler;
import io.github.workerman.transport.EndpointContext;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.Wiretap;
import io.github.workerman.transport.limit.ClientRates;
import io.github.workerman.transport.tls.TlsFailure;
import io.github.workerman.transport.tls.TlsHello;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

/**
 * What the HTTP connections of one endpoint share.
 */
final class HttpContext {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final EndpointContext endpoint;

	private final HttpSettings settings;

	private final ProtocolSettings upgraded;

	private final int maxHeaderSize;

	private final @Nullable TlsTermination tls;

	private final Runnable whenGone;

	private final ClientRates clientRates;

	private volatile @Nullable Http2 http2;

	private final HttpListener requests;

	private final ResponseClock clock = new ResponseClock();

	private final HttpResponseWriter writer = new HttpResponseWriter(this.clock);

	private final long requestNanos;

	private final long idleNanos;

	private final long sendNanos;

	private volatile boolean shortcut;

	private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

	/** Those whose TLS handshake is not over. */
	private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a context.
	 * @param endpoint that of the connections that are upgraded
	 * @param settings what is special to HTTP
	 * @param upgraded what the protocol of those needs to know
	 * @param maxHeaderSize how large the head of a request may be
	 * @param tls encrypts the connections, or {@code null} for none of that
	 * @param requests handles the requests
	 * @param whenGone called once for each channel, after its close handlers
	 */
	HttpContext(EndpointContext endpoint, HttpSettings settings, ProtocolSettings upgraded, int maxHeaderSize,
			@Nullable TlsTermination tls, HttpListener requests, Runnable whenGone) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.upgraded = upgraded;
		this.maxHeaderSize = maxHeaderSize;
		this.tls = tls;
		this.requests = requests;
		this.whenGone = whenGone;
		this.clientRates = new ClientRates(endpoint.settings().limits());
		this.requestNanos = settings.requestTimeout().toNanos();
		this.idleNanos = settings.idleTimeout().toNanos();
		this.sendNanos = settings.sendTimeout().toNanos();
	}

	EndpointContext endpoint() {
		return this.endpoint;
	}

	ConnectionListener listener() {
		return this.endpoint.listener();
	}

	HttpListener requests() {
		return this.requests;
	}

	ResponseClock clock() {
		return this.clock;
	}

	HttpResponseWriter writer() {
		return this.writer;
	}

	/**
	 * Tells whether requests may be answered without reactor-netty.
	 */
	boolean hasShortcut() {
		return this.shortcut;
	}

	/**
	 * Says whether requests may be answered without reactor-netty.
	 */
	void shortcut(boolean allowed) {
		this.shortcut = allowed;
	}

	HttpFraming newFraming() {
		return new HttpFraming((int) this.settings.maxTargetSize().toBytes(), this.maxHeaderSize,
				this.endpoint.settings().maxMessageSize());
	}

	long requestNanos() {
		return this.requestNanos;
	}

	long idleNanos() {
		return this.idleNanos;
	}

	long sendNanos() {
		return this.sendNanos;
	}

	@Nullable TlsTermination tls() {
		return this.tls;
	}

	Set<Channel> arriving() {
		return this.arriving;
	}

	/**
	 * Notes that a channel has closed that never became a connection.
	 */
	void gone() {
		this.whenGone.run();
	}

	ClientRates clientRates() {
		return this.clientRates;
	}

	Collection<HttpConnection> connections() {
		return this.connections;
	}

	void add(HttpConnection connection) {
		this.connections.add(connection);
	}

	/**
	 * Notes that a peer is lost, if that is what a failure means.
	 * @param arriving whether the peer has not become a connection yet
	 * @return whether it is, else something of ours has failed
	 */
	boolean noteLoss(HttpConnection connection, Throwable failure, boolean arriving) {
		if (!(TlsFailure.unwrap(failure) instanceof IOException lost)) {
			return false;
		}
		if (logger.isDebugEnabled()) {
			logger.debug(connection + " is lost: " + TlsFailure.line(lost));
		}
		if (arriving) {
			listener().rejected(TlsFailure.reason(lost));
		}
		return true;
	}

	void remove(HttpConnection connection, boolean upgraded) {
		this.connections.remove(connection);
		connection.closed();
		if (!upgraded) {
			this.whenGone.run();
		}
	}

	/**
	 * Has connections go on with HTTP/2 that begin so.
	 */
	void http2(Http2 http2) {
		this.http2 = http2;
	}

	/**
	 * Tells whether connections with an observer can go on with HTTP/2. There is one
	 * observer for each time that the endpoint is bound.
	 */
	boolean hasHttp2(ConnectionObserver observer) {
		Http2 current = this.http2;
		return current != null && current.observer() == observer;
	}

	/**
	 * Tells whether somebody else goes on with a connection because of a head.
	 * @param opened whether there have been requests
	 * @param idle whether all of them have been responded to
	 * @throws HttpRefusal if it wants HTTP/2 and may not
	 */
	boolean takesOver(HttpHead head, Channel channel, boolean opened, boolean idle) throws HttpRefusal {
		if (!head.isHttp2()) {
			return head.isUpgrade() && isWebSocketPath(head.path()) && idle;
		}
		if (this.http2 == null || opened || !Http2.mayBegin(channel)) {
			throw new HttpRefusal(505, "this server speaks version 1.1 here");
		}
		return true;
	}

	/**
	 * Has a connection go on with HTTP/2.
	 * @param context that of the guard
	 * @param guard takes its place
	 * @param bytes what the peer has sent; taken over
	 */
	void http2(ChannelHandlerContext context, Http2Guard guard, ByteBuf bytes) {
		Objects.requireNonNull(this.http2).begin(context, guard, bytes);
	}

	/**
	 * Checks a request of HTTP/2 as far as the framing has not, which is that of
	 * HTTP/1.1.
	 */
	void check(HttpHead head) throws HttpRefusal {
		if (head.targetSize() > this.settings.maxTargetSize().toBytes()) {
			throw HttpRefusal.targetTooLong((int) this.settings.maxTargetSize().toBytes());
		}
		long maxBodySize = this.endpoint.settings().maxMessageSize();
		if (head.contentLength() > maxBodySize) {
			throw HttpRefusal.tooLarge(maxBodySize);
		}
	}

	private boolean isWebSocketPath(String path) {
		return this.upgraded.serves(path);
	}

	/**
	 * Hands a channel over to the engine.
	 * @param guard the context of the guard
	 * @param loop the channel's loop
	 * @param bytes the request for the upgrade and what came behind it; taken over
	 */
	void upgrade(ChannelHandlerContext guard, NettyLoop loop, ByteBuf bytes) {
		ChannelPipeline pipeline = guard.pipeline();
		ConnectionChannelHandler handler = new ConnectionChannelHandler(this.endpoint, loop, this.whenGone, this.tls);
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "workerman.connection", handler);
		pipeline.remove(NettyPipeline.HttpTrafficHandler);
		pipeline.remove(HttpResponseWatch.NAME);
		pipeline.remove(NettyPipeline.HttpCodec);
		ChannelHandlerContext next = pipeline.context(handler);
		pipeline.remove(HttpGuard.NAME);
		pipeline.remove(HttpLinger.NAME);
		handler.channelRead(next, bytes);
		handler.channelReadComplete(next);
	}

	/**
	 * Answers a request with an error.
	 * @param request the number of the request
	 * @param lost whether the request has not been let through, so that another one must
	 * take its place
	 * @param opened whether the peer has become a connection
	 */
	void refuse(HttpConnection connection, HttpRefusal refusal, ChannelHandlerContext guard, long request, boolean lost,
			boolean opened) {
		tell(connection, refusal, opened);
		if (refusal.isTls()) {
			guard.writeAndFlush(TlsHello.alert()).addListener(ChannelFutureListener.CLOSE);
			return;
		}
		connection.refuse(refusal, request);
		if (lost) {
			ChannelHandlerContext codec = guard.pipeline().context(NettyPipeline.HttpCodec);
			codec.fireChannelRead(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
			codec.fireChannelReadComplete();
		}
	}

	/**
	 * Tells everybody that a request is refused.
	 * @param opened whether the peer has become a connection
	 */
	void tell(HttpConnection connection, HttpRefusal refusal, boolean opened) {
		if (logger.isDebugEnabled()) {
			logger.debug("Refused a request of " + Addresses.format(connection.remoteAddress()) + " to server '"
					+ connection.server() + "': " + refusal.getMessage());
		}
		Wiretap wiretap = this.endpoint.wiretap();
		if (wiretap != null) {
			HttpWiretap.refused(wiretap, connection, refusal);
		}
		if (!opened) {
			listener().rejected(refusal.reason());
		}
		else if (refusal.status() != HttpRefusal.TOO_MANY) {
			listener().failed(connection,
					(refusal.status() == 413) ? ProtocolException.tooBig(connection.maxMessageSize())
							: ProtocolException.malformed(refusal.text()));
		}
	}

}
