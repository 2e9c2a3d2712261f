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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSession;
import io.github.workerman.transport.Wiretap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request and its response on a connection. What responds within the call is written
 * without a detour; else reactor-netty waits for a sink. A request that the guard has had
 * handled comes to reactor-netty with its response or without, to go on there.
 */
final class NettyHttpExchange implements HttpExchange {

	private static final VarHandle OUTCOME;

	private static final VarHandle WHEN_ABANDONED;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			OUTCOME = lookup.findVarHandle(NettyHttpExchange.class, "outcome", Object.class);
			WHEN_ABANDONED = lookup.findVarHandle(NettyHttpExchange.class, "whenAbandoned", Runnable.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	/* Up to 128 of them wait for the peer. */
	private static final int PIECE = 16 * 1024;

	private final HttpCarrier connection;

	private final NettyHttpRequest request;

	private @Nullable HttpServerResponse response;

	/* The response, or the sink that waits for it; null before either is there. */
	private volatile @Nullable Object outcome;

	private volatile @Nullable Runnable whenAbandoned;

	private volatile boolean answered;

	private volatile boolean streaming;

	private volatile boolean abandoned;

	private Sinks.@Nullable Empty<Void> endOfEvents;

	private @Nullable Runnable whenDone;

	private boolean last;

	private boolean old;

	private boolean keptAlive;

	NettyHttpExchange(HttpCarrier connection, HttpServerRequest request, HttpServerResponse response) {
		this(connection, new NettyHttpRequest(connection, request));
		this.response = response;
		this.old = request.version().majorVersion() == 1 && request.version().minorVersion() == 0;
		this.keptAlive = request.isKeepAlive();
	}

	/**
	 * Creates an exchange that reactor-netty knows nothing of yet.
	 */
	NettyHttpExchange(HttpCarrier connection, NettyHttpRequest request) {
		this.connection = connection;
		this.request = request;
	}

	@Override
	public HttpRequest request() {
		return this.request;
	}

	NettyHttpRequest nettyRequest() {
		return this.request;
	}

	@Override
	public ManagedConnection connection() {
		return this.connection;
	}

	@Override
	public void pathParams(Map<String, String> params) {
		this.request.pathParams(params);
	}

	@Override
	public void session(HttpSession session) {
		this.request.session(session);
	}

	/**
	 * Sets what gives up the resources of the request in the end.
	 */
	void whenDone(Runnable task) {
		this.whenDone = task;
	}

	/**
	 * Has the request handled.
	 * @return writes the response
	 */
	Publisher<Void> handle(HttpListener listener) {
		dispatch(listener);
		return written();
	}

	/**
	 * Has reactor-netty write the response of a request that is being handled.
	 * @param response of the same request, which is one of version 1.1
	 * @return writes the response
	 */
	Publisher<Void> goOn(HttpServerResponse response) {
		this.response = response;
		return written();
	}

	private Publisher<Void> written() {
		return (this.outcome instanceof HttpResponse ready) ? write(ready) : later();
	}

	/**
	 * Returns the response.
	 * @return the response, or {@code null} as long as there is none
	 */
	@Nullable HttpResponse outcome() {
		return (this.outcome instanceof HttpResponse ready) ? ready : null;
	}

	/**
	 * Has the request handled, whose response is awaited already. One that has been
	 * refused while its body came is not: of the body there is only a part.
	 */
	void dispatch(HttpListener listener) {
		if (this.answered || this.abandoned) {
			return;
		}
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			HttpWiretap.request(wiretap, this.connection, this.request);
		}
		try {
			listener.request(this);
		}
		catch (Throwable ex) {
			logger.error("Unexpected error at " + this.request + " of " + this.connection, ex);
			respond(HttpResponse.of(500));
		}
	}

	/**
	 * Returns what writes the response when there is one.
	 */
	Publisher<Void> later() {
		Sinks.One<HttpResponse> sink = Sinks.one();
		if (OUTCOME.compareAndSet(this, null, sink)) {
			return sink.asMono().flatMapMany(this::write);
		}
		return write((HttpResponse) Objects.requireNonNull(this.outcome));
	}

	@Override
	public void respond(HttpResponse response) {
		if (this.answered) {
			return;
		}
		this.answered = true;
		if (!OUTCOME.compareAndSet(this, null, response)) {
			if (this.connection.loop().inLoop()) {
				emit(response);
			}
			else {
				this.connection.loop().execute(() -> emit(response));
			}
		}
	}

	@SuppressWarnings("unchecked")
	private void emit(HttpResponse response) {
		if (this.outcome instanceof Sinks.One<?> sink) {
			((Sinks.One<HttpResponse>) sink).tryEmitValue(response);
		}
	}

	/**
	 * Responds with an error in place of whatever the handler does, unless the response
	 * is on its way already; then the connection just ends.
	 */
	void refuse(HttpRefusal refusal) {
		if (this.answered) {
			this.connection.cut();
			return;
		}
		this.last = true;
		respond(response(refusal));
	}

	/**
	 * Responds with an error, after which the next request may come.
	 */
	void turnDown(HttpRefusal refusal) {
		respond(response(refusal));
	}

	/**
	 * Returns what writes the response of a request that nobody is to see.
	 */
	Publisher<Void> refused(HttpRefusal refusal) {
		this.last = true;
		this.answered = true;
		return write(response(refusal));
	}

	private static HttpResponse response(HttpRefusal refusal) {
		HttpResponse response = HttpResponse.of(refusal.status())
			.withContentType("text/plain;charset=utf-8")
			.withBody(refusal.text() + "\n");
		return (refusal.retryAfter() > 0) ? response.withHeader("Retry-After", String.valueOf(refusal.retryAfter()))
				: response;
	}

	boolean isAnswered() {
		return this.answered;
	}

	@Override
	public void stream() {
		this.streaming = true;
		// As a task: the connection must not end while a request is being read.
		this.connection.execute(this.connection::streaming);
	}

	boolean isStream() {
		return this.streaming;
	}

	@Override
	public void whenAbandoned(Runnable task) {
		this.whenAbandoned = task;
		if (this.abandoned) {
			runAbandoned();
		}
	}

	void abandon() {
		this.abandoned = true;
		runAbandoned();
		done();
	}

	private void runAbandoned() {
		Runnable task = (Runnable) WHEN_ABANDONED.getAndSet(this, null);
		if (task != null) {
			task.run();
		}
	}

	private void done() {
		Runnable task = this.whenDone;
		if (task != null) {
			this.whenDone = null;
			task.run();
		}
	}

	/**
	 * Ends a stream of events, which never ends by itself: browsers connect again.
	 */
	void endEvents() {
		Sinks.Empty<Void> end = this.endOfEvents;
		if (end != null) {
			end.tryEmitEmpty();
		}
	}

	// ---- writing, on the loop

	private HttpServerResponse response() {
		return Objects.requireNonNull(this.response);
	}

	private Publisher<Void> write(HttpResponse answer) {
		HttpServerResponse out = response();
		out.status(answer.status());
		if (!answer.headers().isEmpty()) {
			for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
				if (!HttpResponseWriter.isOwn(header.getKey())) {
					header.getValue().forEach((value) -> out.addHeader(header.getKey(), value));
				}
			}
		}
		if (answer.header("Date") == null) {
			out.header(HttpHeaderNames.DATE, this.connection.clock().now().text());
		}
		Object body = answer.body();
		boolean unframed = this.old && body instanceof Publisher<?>;
		if (unframed || !HttpResponseWriter.mayHaveBody(answer)) {
			// Version 1.0 has no chunks, and what has no body is not sent in any.
			out.chunkedTransfer(false);
		}
		if (this.last || unframed || this.connection.isClosing()) {
			out.keepAlive(false);
		}
		else if (this.old) {
			// Version 1.0 closes unless both sides say something else.
			out.header(HttpHeaderNames.CONNECTION, this.keptAlive ? "keep-alive" : "close");
		}
		Publisher<Void> written = (body instanceof Publisher<?> stream) ? writeStream(answer, stream)
				: writeBody(answer, body);
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			HttpWiretap.response(wiretap, this.connection, answer, out.responseHeaders());
		}
		return (this.whenDone != null) ? Flux.from(written).doFinally((signal) -> done()) : written;
	}

	private Publisher<Void> writeBody(HttpResponse answer, @Nullable Object body) {
		if (body instanceof FileBody file) {
			return writeFile(file);
		}
		if (body != null && HttpResponseWriter.isLarge(body)) {
			return writeLarge((body instanceof String text) ? text.getBytes(HttpResponseWriter.charsetOf(answer))
					: (byte[]) body);
		}
		ByteBuf bytes = (body instanceof String text) ? text(answer, text)
				: (body instanceof byte[] array) ? Unpooled.wrappedBuffer(array) : Unpooled.EMPTY_BUFFER;
		if (HttpResponseWriter.mayHaveBody(answer)) {
			response().header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.readableBytes()));
		}
		if (bytes.isReadable() && HttpResponseWriter.mayHaveBody(answer) && !isHead()) {
			return response().sendObject(bytes);
		}
		bytes.release();
		return response().send();
	}

	/*
	 * In pieces, of which no more are copied to where they are sent from than the peer
	 * takes.
	 */
	private Publisher<Void> writeLarge(byte[] bytes) {
		response().header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
		if (isHead()) {
			return response().send();
		}
		int size = PIECE;
		Flux<ByteBuf> pieces = Flux.range(0, (bytes.length - 1) / size + 1)
			.map((index) -> Unpooled.wrappedBuffer(bytes, index * size, Math.min(size, bytes.length - index * size)));
		return response().send(pieces, (piece) -> true);
	}

	private Publisher<Void> writeFile(FileBody file) {
		response().header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(file.length()));
		if (isHead() || file.length() == 0) {
			return response().send();
		}
		return Flux.from(HttpFileChunks.send(response(), file)).onErrorResume((error) -> {
			// Too late for a status: an end before all was sent says that it failed.
			logger.debug(file.path() + " was not sent to " + this.connection, error);
			this.connection.cut();
			return Flux.never();
		});
	}

	private ByteBuf text(HttpResponse answer, String text) {
		Charset charset = HttpResponseWriter.charsetOf(answer);
		return (charset == StandardCharsets.UTF_8) ? ByteBufUtil.writeUtf8(response().alloc(), text)
				: Unpooled.wrappedBuffer(text.getBytes(charset));
	}

	private boolean isHead() {
		return this.request.method().equals("HEAD");
	}

	private Publisher<Void> writeStream(HttpResponse answer, Publisher<?> stream) {
		if (isHead() || !HttpResponseWriter.mayHaveBody(answer)) {
			return response().send();
		}
		Flux<ByteBuf> chunks = Flux.from(stream).map((chunk) -> chunk(answer, chunk)).onErrorResume((error) -> {
			// Too late for a status: an end without the last chunk says that it failed.
			logger.debug("The response to " + this.request + " of " + this.connection + " ends with an error", error);
			// As a task of a task: reactor-netty writes chunks in tasks too.
			this.connection.execute(() -> this.connection.execute(this.connection::breakOff));
			return Flux.never();
		});
		if (answer.isEvents()) {
			Sinks.Empty<Void> end = Sinks.empty();
			this.endOfEvents = end;
			chunks = chunks.takeUntilOther(end.asMono());
			if (this.connection.isClosing()) {
				end.tryEmitEmpty();
			}
		}
		return response().send(chunks, (chunk) -> true);
	}

	private ByteBuf chunk(HttpResponse answer, Object chunk) {
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			wiretap.sent(this.connection, chunk);
		}
		return (chunk instanceof byte[] array) ? Unpooled.wrappedBuffer(array) : text(answer, (String) chunk);
	}

}
