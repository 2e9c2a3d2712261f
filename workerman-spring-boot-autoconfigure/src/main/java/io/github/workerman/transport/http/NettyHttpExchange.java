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
import java.util.Map;
import java.util.Objects;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSession;
import io.github.workerman.transport.Wiretap;
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

	private final HttpCarrier connection;

	private final NettyHttpRequest request;

	private @Nullable NettyHttpResponse response;

	/* The response, or the sink that waits for it; null before either is there. */
	private volatile @Nullable Object outcome;

	private volatile @Nullable Runnable whenAbandoned;

	private volatile boolean answered;

	private volatile boolean streaming;

	private volatile boolean abandoned;

	private @Nullable Runnable whenDone;

	private boolean last;

	NettyHttpExchange(HttpCarrier connection, HttpServerRequest request, HttpServerResponse response) {
		this(connection, new NettyHttpRequest(connection, request));
		boolean old = request.version().majorVersion() == 1 && request.version().minorVersion() == 0;
		this.response = new NettyHttpResponse(connection, this.request, response, old, request.isKeepAlive());
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
		this.response = new NettyHttpResponse(this.connection, this.request, response, false, true);
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

	private Publisher<Void> write(HttpResponse answer) {
		Publisher<Void> written = Objects.requireNonNull(this.response).write(answer, this.last);
		return (this.whenDone != null) ? Flux.from(written).doFinally((signal) -> done()) : written;
	}

	/**
	 * Ends a stream of events, which never ends by itself: browsers connect again.
	 */
	void endEvents() {
		NettyHttpResponse response = this.response;
		if (response != null) {
			response.endEvents();
		}
	}

}
