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

import java.util.List;

import io.github.workerman.http.Http2Settings;
import io.github.workerman.http.HttpListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import org.reactivestreams.Publisher;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * HTTP/2 on the connections of one endpoint: reactor-netty's, which takes over from
 * HTTP/1.1 when a connection begins with the preface of HTTP/2 (RFC 9113 section 3.4).
 */
final class Http2 {

	/** How many streams a peer may reset within so many seconds. */
	private static final int MAX_RESETS = 200;

	private static final int RESET_SECONDS = 30;

	private final HttpServerConfig config;

	private final ConnectionObserver observer;

	/**
	 * Creates it.
	 * @param server a server of HTTP/1.1 with what both have in common
	 * @param settings what is special to HTTP/2
	 * @param maxHeaderSize how large the header of a request may be
	 * @param observer that of the connections
	 */
	Http2(HttpServer server, Http2Settings settings, int maxHeaderSize, ConnectionObserver observer) {
		// The preface is known when this is used: nothing is to be found out.
		this.config = server.protocol(HttpProtocol.H2C)
			.http2Settings((spec) -> spec.maxConcurrentStreams(settings.maxConcurrentStreams())
				.maxHeaderListSize(maxHeaderSize)
				.maxDecodedRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
				.maxEncodedRstFramesPerWindow(MAX_RESETS, RESET_SECONDS))
			.configuration();
		this.observer = observer;
	}

	ConnectionObserver observer() {
		return this.observer;
	}

	/**
	 * Tells whether a peer may go on with HTTP/2: one over TLS must have asked for it
	 * there.
	 */
	static boolean mayBegin(Channel channel) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		return tls == null || ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
	}

	/**
	 * Takes a connection over.
	 * @param context that of the guard of HTTP/1.1
	 * @param guard takes its place
	 * @param bytes the preface and what came behind it; taken over
	 */
	void begin(ChannelHandlerContext context, Http2Guard guard, ByteBuf bytes) {
		ChannelPipeline pipeline = context.pipeline();
		HttpConnection connection = context.channel().attr(HttpConnection.KEY).get();
		for (String name : List.of(NettyPipeline.HttpTrafficHandler, HttpResponseWatch.NAME, NettyPipeline.HttpCodec,
				NettyPipeline.ReactiveBridge)) {
			pipeline.remove(name);
		}
		// A peer that sends nothing any more does not say either what it is ready to
		// take.
		context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
		connection.driver(guard);
		pipeline.replace(context.name(), Http2Guard.NAME, guard);
		pipeline.addLast(this.config.channelInitializer(this.observer, context.channel().remoteAddress(), true));
		pipeline.addAfter(NettyPipeline.HttpCodec, Http2HeadCheck.NAME, new Http2HeadCheck(guard));
		guard.begin(pipeline.get(Http2FrameCodec.class));
		ChannelHandlerContext next = pipeline.context(guard);
		next.fireChannelRead(bytes);
		next.fireChannelReadComplete();
	}

	/**
	 * Has the request on a stream handled.
	 * @return writes the response
	 */
	static Publisher<Void> handle(Channel stream, HttpServerRequest request, HttpServerResponse response,
			HttpListener listener, HttpBodies bodies) {
		HttpConnection connection = stream.parent().attr(HttpConnection.KEY).get();
		Http2Guard guard = (Http2Guard) connection.driver();
		for (ExtensionHeaderNames own : ExtensionHeaderNames.values()) {
			request.requestHeaders().remove(own.text());
		}
		HttpRefusal refusal = guard.refusals().remove(((Http2StreamChannel) stream).stream().id());
		Http2Carrier carrier = new Http2Carrier(connection, stream);
		NettyHttpExchange exchange = new NettyHttpExchange(carrier, request, response);
		carrier.exchange(exchange);
		guard.begun(exchange);
		boolean complete = !exchange.nettyRequest().hasBody();
		stream.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, Http2StreamHandler.NAME,
					new Http2StreamHandler(guard, exchange, connection.nettyLoop().deadlines(), complete));
		if (refusal != null) {
			guard.refused(refusal);
			return exchange.refused(refusal);
		}
		connection.noteClient(exchange.nettyRequest());
		HttpRefusal objection = connection.objection(exchange.nettyRequest());
		if (objection != null && objection.isLast()) {
			if (objection.status() == HttpRefusal.TOO_MANY) {
				guard.refuse(objection, false);
			}
			else {
				// Other requests of the connection are not to blame.
				guard.refused(objection);
			}
			return exchange.refused(objection);
		}
		HttpListener handler = (objection == null) ? listener : (turned) -> exchange.turnDown(objection);
		if (complete) {
			return exchange.handle(handler);
		}
		Publisher<Void> written = exchange.later();
		bodies.read(request, exchange, handler);
		return written;
	}

}
