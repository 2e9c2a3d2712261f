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

package io.github.workerman.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.net.ssl.SSLException;

import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * reactor-netty as its documentation uses it: an echo is a mapped flux, a broadcast one
 * sink per connection. The received buffers go back as they are, with their framing and
 * without becoming a string: the least work that a server on reactor-netty can do. Over
 * HTTP it has routes for a page and for files.
 */
public final class RawReactorNettyServer {

	private final ServerOptions options;

	private final Set<Sinks.Many<Object>> sinks = ConcurrentHashMap.newKeySet();

	private RawReactorNettyServer(ServerOptions options) {
		this.options = options;
	}

	/**
	 * Runs the server until the program is ended.
	 * @param args see {@link ServerOptions}
	 */
	public static void main(String[] args) {
		start(ServerOptions.parse(args)).await();
	}

	/**
	 * Starts the server.
	 * @param options what it does
	 * @return the server, which listens
	 */
	public static RunningServer start(ServerOptions options) {
		LoopResources loops = new TransportLoopResources(options.transport(), options.threads());
		DisposableServer server = new RawReactorNettyServer(options).bind(loops);
		return new RunningServer(server.port(), () -> {
			server.disposeNow();
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
		});
	}

	private DisposableServer bind(LoopResources loops) {
		return switch (this.options.protocol()) {
			case WEBSOCKET -> http(loops)
				.route((routes) -> routes.ws("/", this::handleWebSocket,
						WebsocketServerSpec.builder().maxFramePayloadLength(ServerOptions.MAX_MESSAGE_SIZE).build()))
				.bindNow();
			case HTTP -> http(loops).route(this::addPages).bindNow();
			case TEXT, FRAME -> tcp(loops).doOnConnection(this::addFraming).handle(this::handleBytes).bindNow();
		};
	}

	private HttpServer http(LoopResources loops) {
		HttpServer server = HttpServer.create().host(ServerOptions.HOST).port(this.options.port()).runOn(loops);
		SslContext tls = tls();
		return (tls != null) ? server.secure((spec) -> spec.sslContext(tls)) : server;
	}

	private TcpServer tcp(LoopResources loops) {
		TcpServer server = TcpServer.create().host(ServerOptions.HOST).port(this.options.port()).runOn(loops);
		SslContext tls = tls();
		return (tls != null) ? server.secure((spec) -> spec.sslContext(tls)) : server;
	}

	private @Nullable SslContext tls() {
		if (this.options.tls() == Tls.OFF) {
			return null;
		}
		this.options.tls().choose();
		try {
			return SslContextBuilder.forServer(SelfSigned.create().keys())
				.sslProvider(this.options.tls().provider())
				.protocols("TLSv1.3", "TLSv1.2")
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void addPages(HttpServerRoutes routes) {
		Path files = Pages.writeFiles();
		routes.get(Pages.HELLO_PATH, (request, response) -> response.sendString(Mono.just(Pages.HELLO)))
			.get(Pages.FILES_PATH + "/{name}", (request, response) -> {
				String name = String.valueOf(request.param("name"));
				// Without a length the file would go in chunks.
				return response.header(HttpHeaderNames.CONTENT_LENGTH, Pages.sizeOf(name))
					.sendFile(files.resolve(name));
			});
	}

	private void addFraming(Connection connection) {
		boolean strip = strips();
		if (this.options.protocol() == Protocol.TEXT) {
			connection.addHandlerLast(new LineBasedFrameDecoder(ServerOptions.MAX_MESSAGE_SIZE, strip, true));
			return;
		}
		connection
			.addHandlerLast(new LengthFieldBasedFrameDecoder(ServerOptions.MAX_MESSAGE_SIZE, 0, 4, -4, strip ? 4 : 0));
		if (strip) {
			connection.addHandlerLast(new LengthFieldPrepender(4, true));
		}
	}

	private boolean strips() {
		return this.options.framing() == Framing.STRIP && this.options.mode() == Mode.ECHO;
	}

	private Publisher<Void> handleWebSocket(WebsocketInbound in, WebsocketOutbound out) {
		Flux<WebSocketFrame> frames = in.aggregateFrames(ServerOptions.MAX_MESSAGE_SIZE).receiveFrames();
		return switch (this.options.mode()) {
			case ECHO -> out.sendObject(frames.map(WebSocketFrame::retain));
			case BROADCAST -> broadcast(out, frames, WebSocketFrame::retainedDuplicate);
		};
	}

	private Publisher<Void> handleBytes(NettyInbound in, NettyOutbound out) {
		return switch (this.options.mode()) {
			case ECHO -> (strips() && this.options.protocol() == Protocol.TEXT)
					? out.sendString(in.receive().asString().map((line) -> line + "\n"))
					: out.send(in.receive().retain());
			case BROADCAST -> broadcast(out, in.receive(), ByteBuf::retainedDuplicate);
		};
	}

	private <T> Publisher<Void> broadcast(NettyOutbound out, Flux<T> messages, Function<T, Object> copy) {
		Sinks.Many<Object> sink = Sinks.many().unicast().onBackpressureBuffer();
		this.sinks.add(sink);
		Flux<T> published = messages
			.doOnNext((message) -> this.sinks.forEach((target) -> emit(target, copy.apply(message))))
			.doFinally((signal) -> {
				this.sinks.remove(sink);
				sink.tryEmitComplete();
			});
		return out.sendObject(sink.asFlux()).then().and(published);
	}

	private static void emit(Sinks.Many<Object> sink, Object message) {
		EmitResult result = sink.tryEmitNext(message);
		while (result == EmitResult.FAIL_NON_SERIALIZED) {
			Thread.onSpinWait();
			result = sink.tryEmitNext(message);
		}
		if (result.isFailure()) {
			ReferenceCountUtil.release(message);
		}
	}

}
