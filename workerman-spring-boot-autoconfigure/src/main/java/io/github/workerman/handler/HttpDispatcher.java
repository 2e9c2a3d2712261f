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

package io.github.workerman.handler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.workerman.http.HttpException;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.protocol.InvalidMessageException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Takes requests to their handlers and what these return to the peer. Keeps nothing of a
 * request: the transport hands over one of a connection at a time.
 */
final class HttpDispatcher implements HttpListener {

	private final List<HandlerMethod> handlers;

	private final Map<HandlerMethod, Class<?>> streams = new LinkedHashMap<>();

	private final HttpRoutes routes;

	private final Failures failures;

	private final HandlerInvoker invoker;

	private final HttpResults results;

	private final Executor blocking;

	private final String typeField;

	HttpDispatcher(List<HandlerMethod> handlers, HandlerSettings settings, HandlerServices services) {
		this.handlers = handlers;
		handlers.stream().filter(HandlerMethod::isAsynchronous).forEach((handler) -> {
			Class<?> elements = HttpStreams.elements(handler.candidate());
			if (elements != null) {
				this.streams.put(handler, elements);
			}
		});
		this.routes = new HttpRoutes(handlers);
		this.failures = new Failures(settings, HandlerTable.select(handlers, HandlerEvent.ERROR), services);
		this.invoker = new HandlerInvoker(services.observer());
		this.results = new HttpResults(services.messageCodec());
		this.blocking = services.blockingExecutor();
		this.typeField = settings.messageTypeField();
	}

	List<HandlerMethod> handlers() {
		return this.handlers;
	}

	boolean isDirect() {
		return this.handlers.stream().noneMatch((handler) -> handler.isBlocking() || handler.isAsynchronous());
	}

	@Override
	public void request(HttpExchange exchange) {
		String method = exchange.request().method();
		if (exchange.request().uri().equals("*")) {
			exchange.respond(allow(204, this.routes.methods()));
			return;
		}
		HttpRoutes.Match match = this.routes.find(method, exchange.request().rawPath());
		HandlerMethod handler = match.handler();
		if (handler == null) {
			refuse(exchange, match.allowed());
			return;
		}
		exchange.pathParams(match.params());
		call(new Call(exchange, handler, null), true);
	}

	@Override
	public boolean hasRoute(HttpRequest request) {
		HttpRoutes.Match match = this.routes.find(request.method(), request.rawPath());
		HandlerMethod handler = match.handler();
		return (handler != null) ? handler.event() == HandlerEvent.REQUEST : !match.allowed().isEmpty();
	}

	private void refuse(HttpExchange exchange, Set<String> allowed) {
		if (allowed.isEmpty()) {
			exchange.respond(plain(404, "Not Found"));
		}
		else if (exchange.request().method().equals("OPTIONS")) {
			exchange.respond(allow(204, allowed));
		}
		else {
			exchange.respond(allow(405, allowed));
		}
	}

	private static HttpResponse allow(int status, Set<String> allowed) {
		Set<String> all = new TreeSet<>(allowed);
		all.add("OPTIONS");
		if (all.contains("GET")) {
			all.add("HEAD");
		}
		HttpResponse response = (status < 400) ? HttpResponse.of(status) : plain(status, "Method Not Allowed");
		return response.withHeader("Allow", String.join(", ", all));
	}

	private static HttpResponse plain(int status, String text) {
		return HttpResponse.of(status).withContentType("text/plain;charset=utf-8").withBody(text);
	}

	/**
	 * Calls a handler where it is to run.
	 */
	private void call(Call call, boolean onLoop) {
		if (call.handler().isBlocking() == onLoop) {
			Executor target = onLoop ? this.blocking : call.exchange().connection().loop();
			try {
				target.execute(() -> invoke(call, !onLoop));
			}
			catch (RejectedExecutionException ex) {
				call.exchange().respond(plain(503, "Service Unavailable"));
			}
		}
		else {
			invoke(call, onLoop);
		}
	}

	private void invoke(Call call, boolean onLoop) {
		Object event = (call.error() != null) ? this.failures.errorFor(call.handler(), call.source(), call.error())
				: call.exchange().request();
		try {
			Object result = this.invoker.call(call.handler(), call.exchange().connection(), event, onLoop);
			if (result != null && ReturnPlan.takesTime(result)) {
				later(call, result);
			}
			else {
				respond(call, result);
			}
		}
		catch (Throwable ex) {
			failed(call, ex, onLoop);
		}
	}

	private void later(Call call, Object result) {
		Class<?> elements = this.streams.get(call.handler());
		if (result instanceof Publisher<?> && (elements != null || result instanceof Flux)) {
			Class<?> type = (elements != null) ? elements : Object.class;
			stream(call, this.results.response(result, call.status(), type));
		}
		else if (result instanceof Publisher<?> publisher) {
			HttpStreams.first(publisher, call.exchange(), (value) -> respondLater(call, value),
					(error) -> failedLater(call, error));
		}
		else {
			((CompletionStage<?>) result).whenComplete((value, error) -> {
				if (error != null) {
					failedLater(call, error);
				}
				else {
					respondLater(call, value);
				}
			});
		}
	}

	private void streamFailed(Call call, Throwable error) {
		this.failures.failedLater(call.exchange().connection(), call.handler(), error);
		this.failures.requestFailed(call.exchange().connection(), call.handler(), error);
	}

	private void respondLater(Call call, @Nullable Object value) {
		try {
			respond(call, value);
		}
		catch (Throwable ex) {
			failedLater(call, ex);
		}
	}

	private void failedLater(Call call, Throwable error) {
		this.failures.failedLater(call.exchange().connection(), call.handler(), error);
		call.exchange().connection().loop().execute(() -> failed(call, error, true));
	}

	private void respond(Call call, @Nullable Object value) {
		if (HttpFiles.isFile(value)) {
			call.exchange().respond(HttpFiles.response(value, call.exchange().request(), call.status()));
		}
		else {
			stream(call, this.results.response(value, call.status(), Object.class));
		}
	}

	/**
	 * Responds, when a body that is a stream has begun.
	 */
	private void stream(Call call, HttpResponse response) {
		HttpExchange exchange = call.exchange();
		// Nobody subscribes to what HEAD asks about.
		if (!(response.body() instanceof Publisher<?> body) || exchange.request().method().equals("HEAD")) {
			exchange.respond(response);
			return;
		}
		HttpStreams.begin(body, response.isEvents(), exchange,
				(begun) -> exchange.respond(response.withBody(begun.doOnError((error) -> streamFailed(call, error)))),
				(error) -> failedLater(call, error));
	}

	/* Nobody else responds for a handler that is not on the loop. */
	private void failed(Call call, Throwable thrown, boolean onLoop) {
		try {
			respondTo(thrown, call, onLoop);
		}
		catch (Throwable ex) {
			this.failures.requestFailed(call.exchange().connection(), call.handler(), ex);
			call.exchange().respond(plain(500, "Internal Server Error"));
		}
	}

	private void respondTo(Throwable thrown, Call call, boolean onLoop) {
		Throwable error = this.failures.refine(call.handler(), thrown);
		if (call.error() != null) {
			this.failures.requestFailed(call.exchange().connection(), call.handler(), error);
			call.exchange().respond(plain(500, "Internal Server Error"));
			return;
		}
		List<HandlerMethod> takers = this.failures.takers(call.handler(), error);
		if (!takers.isEmpty()) {
			call(new Call(call.exchange(), takers.get(0), new Cause(call.handler(), error, status(call, error))),
					onLoop);
			return;
		}
		call.exchange().respond(defaultResponse(call, error));
	}

	private int status(Call call, Throwable error) {
		if (error instanceof HttpException http) {
			return http.status();
		}
		return (this.failures.invalidMessage(call.handler(), error) != null) ? 400 : 500;
	}

	private HttpResponse defaultResponse(Call call, Throwable error) {
		if (error instanceof HttpException http) {
			return plain(http.status(), String.valueOf(http.getMessage()));
		}
		InvalidMessageException invalid = this.failures.invalidMessage(call.handler(), error);
		if (invalid != null) {
			return invalid(invalid);
		}
		this.failures.requestFailed(call.exchange().connection(), call.handler(), error);
		return plain(500, "Internal Server Error");
	}

	private HttpResponse invalid(InvalidMessageException invalid) {
		String message = String.valueOf(invalid.getMessage());
		if (!this.results.hasJson()) {
			return plain(400, message);
		}
		Map<String, Object> body = new LinkedHashMap<>();
		body.put(this.typeField, "error");
		body.put("code", invalid.code().name().toLowerCase(Locale.ROOT));
		body.put("message", message);
		body.put("fields", invalid.fields());
		return this.results.response(body, 400, Object.class);
	}

	/**
	 * What a handler is called for.
	 */
	private record Call(HttpExchange exchange, HandlerMethod handler, @Nullable Cause cause) {

		@Nullable Throwable error() {
			return (this.cause != null) ? this.cause.error() : null;
		}

		@Nullable HandlerMethod source() {
			return (this.cause != null) ? this.cause.source() : null;
		}

		int status() {
			return (this.cause != null) ? this.cause.status() : 200;
		}

	}

	/**
	 * What an error handler is called for.
	 */
	private record Cause(HandlerMethod source, Throwable error, int status) {

	}

}
