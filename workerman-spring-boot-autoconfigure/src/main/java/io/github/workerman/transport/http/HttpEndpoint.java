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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.http.Http2Settings;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.Admission;
import io.github.workerman.transport.Doorkeeper;
import io.github.workerman.transport.Endpoint;
import io.github.workerman.transport.EndpointContext;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.ListeningSocket;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.ProxyGate;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.reactivestreams.Publisher;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Listens on one address and serves HTTP/1.1 there, HTTP/2 too if that is wanted, and
 * websockets on one of its paths. Requests are reactor-netty's; upgraded connections are
 * the engine's.
 */
public final class HttpEndpoint implements Endpoint {

	private static final int ALLOWANCE = 1024;

	private final EndpointSettings settings;

	private final EndpointEnvironment environment;

	private final HttpListener requests;

	private final HttpContext context;

	private final Http2Settings http2;

	private final HttpBodies bodies;

	private final int maxHeaderSize;

	private final Admission admission;

	private final Doorkeeper door;

	private final ListeningSocket socket;

	private final ProxyGate proxies;

	/**
	 * Creates an endpoint, which does nothing before {@link #bind()}.
	 * @param settings what it is to do
	 * @param http what is special to HTTP
	 * @param upgraded the protocol of upgraded connections
	 * @param upgradedSettings what that protocol needs to know
	 * @param environment what it works with
	 * @param requests handles the requests
	 */
	public HttpEndpoint(EndpointSettings settings, HttpSettings http, Protocol upgraded,
			ProtocolSettings upgradedSettings, EndpointEnvironment environment, HttpListener requests) {
		this.settings = settings;
		this.environment = environment;
		this.requests = requests;
		this.http2 = http.http2();
		this.maxHeaderSize = upgradedSettings.maxHeaderSize();
		EndpointContext endpoint = new EndpointContext(settings, upgraded, upgradedSettings, environment.withoutTls());
		this.admission = endpoint.admission();
		this.door = new Doorkeeper(this.admission);
		this.context = new HttpContext(endpoint, http, upgradedSettings, this.maxHeaderSize, environment.tls(),
				requests, this.door::left);
		this.bodies = new HttpBodies(http);
		this.socket = new ListeningSocket(settings, environment.loops());
		this.proxies = new ProxyGate(endpoint, environment.loops(), NettyPipeline.HttpCodec, false, this::establish,
				this.door::left);
	}

	@Override
	public SocketAddress bind() {
		if (!this.socket.isBound()) {
			this.door.open();
		}
		return this.socket.bind(this::customize, this::close);
	}

	private HttpServer customize() {
		HttpServer configured = configure();
		HttpServer customized = this.environment.customizer().http().apply(configured);
		// What a customizer wants to have done with requests is done by reactor-netty.
		this.context.shortcut(customized == configured);
		return customized;
	}

	@Override
	public void unbind() {
		this.socket.unbind();
	}

	@Override
	public CompletionStage<Void> drain(CloseReason reason, Duration grace) {
		return this.door.drain(() -> {
			this.proxies.close();
			this.context.arriving().forEach(TlsTermination::drop);
			this.context.endpoint().drainConnections(reason);
			List.copyOf(this.context.connections()).forEach((connection) -> connection.close(reason));
		}, grace, this::dropAll);
	}

	@Override
	public void close() {
		this.door.close();
		unbind();
		this.proxies.close();
		dropAll();
	}

	@Override
	public Collection<Connection> requestConnections() {
		return List.copyOf(this.context.connections());
	}

	private void dropAll() {
		this.context.arriving().forEach(TlsTermination::drop);
		this.context.endpoint().dropConnections();
		List.copyOf(this.context.connections()).forEach(HttpConnection::destroy);
	}

	private HttpServer configure() {
		// The guard enforces the limits; these only must not be narrower.
		HttpServer plain = this.socket.configure(HttpServer.create());
		// Over TLS its goodbye says that a peer sends nothing any more.
		int headerSize = Math.min(this.maxHeaderSize, Integer.MAX_VALUE - ALLOWANCE) + ALLOWANCE;
		HttpServer server = ((this.environment.tls() == null) ? this.socket.allowHalfClosure(plain) : plain)
			.protocol(HttpProtocol.HTTP11)
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(headerSize).maxHeaderSize(headerSize))
			.handle(this::handle);
		return server.doOnChannelInit((observer, channel, remote) -> accept(server, observer, channel));
	}

	private void accept(HttpServer server, ConnectionObserver observer, Channel channel) {
		if (this.http2.enabled() && !this.context.hasHttp2(observer)) {
			this.context.http2(new Http2(server, this.http2, this.maxHeaderSize, observer));
		}
		if (!this.door.isOpen()) {
			// What it has sent must not get as far as the codec, which would keep it.
			channel.pipeline().addFirst(new DroppingHandler());
			channel.close();
			return;
		}
		if (this.admission.enter(channel)) {
			this.proxies.enter(channel);
			if (!this.door.isOpen()) {
				// Who says goodbye to all connections may have missed this one.
				channel.close();
			}
		}
	}

	/**
	 * Makes a channel a connection: where its client, or the proxy of its clients, comes
	 * from is known.
	 */
	private void establish(Channel channel) {
		SocketAddress client = this.context.endpoint().client(channel);
		NettyLoop loop = this.environment.loops().of(channel.eventLoop());
		// Requests of many clients come from a proxy, websockets are counted when they
		// say where they come from.
		if (!this.context.endpoint().isForwarded(client) && !this.admission.enter(channel, client, loop.deadlines())) {
			this.door.left();
			return;
		}
		HttpLinger linger = new HttpLinger(loop.deadlines());
		HttpGuard guard = new HttpGuard(this.context, loop, linger);
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addBefore(NettyPipeline.HttpCodec, HttpLinger.NAME, linger);
		TlsTermination tls = this.environment.tls();
		if (tls != null) {
			pipeline.addBefore(HttpLinger.NAME, "workerman.tls", tls.newHandler());
			pipeline.addBefore(NettyPipeline.HttpCodec, HttpTls.NAME, new HttpTls(this.context, loop, linger, guard));
		}
		else {
			pipeline.addBefore(NettyPipeline.HttpCodec, HttpGuard.NAME, guard);
		}
		pipeline.addAfter(NettyPipeline.HttpCodec, HttpResponseWatch.NAME, new HttpResponseWatch(guard));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		Channel channel = ((reactor.netty.Connection) request).channel();
		HttpConnection connection = channel.attr(HttpConnection.KEY).get();
		if (connection == null) {
			return Http2.handle(channel, request, response, this.requests, this.bodies);
		}
		NettyHttpExchange passed = connection.passed();
		if (passed != null) {
			return passed.goOn(response);
		}
		NettyHttpExchange exchange = new NettyHttpExchange(connection, request, response);
		HttpRefusal refusal = connection.begin(exchange);
		if (refusal != null) {
			return exchange.refused(refusal);
		}
		HttpRefusal objection = connection.objection(exchange.nettyRequest());
		if (objection != null && objection.isLast()) {
			connection.driver().refuse(objection, false);
			return exchange.later();
		}
		HttpListener listener = (objection == null) ? this.requests : (turned) -> exchange.turnDown(objection);
		if (!exchange.nettyRequest().hasBody()) {
			return exchange.handle(listener);
		}
		Publisher<Void> written = exchange.later();
		this.bodies.read(request, exchange, listener);
		return written;
	}

}
