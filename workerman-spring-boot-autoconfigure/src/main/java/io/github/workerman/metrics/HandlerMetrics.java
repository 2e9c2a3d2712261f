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

package io.github.workerman.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.handler.HandlerEvent;
import io.github.workerman.handler.HandlerMethod;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.server.WorkermanServer;
import io.micrometer.core.instrument.FunctionCounter;
import org.jspecify.annotations.Nullable;

/**
 * Measures the handlers: calls, time, errors, and messages that none could take.
 */
final class HandlerMetrics implements InvocationObserver {

	private final MeterBook book;

	private final ThreadLocal<HandlerRun> runs = ThreadLocal.withInitial(HandlerRun::new);

	private final Map<HandlerMethod, HandlerTimes> successes = new ConcurrentHashMap<>();

	private final Map<HandlerTimes.Key, HandlerTimes> times = new ConcurrentHashMap<>();

	private final Map<ErrorKey, LongAdder> errors = new ConcurrentHashMap<>();

	/* The servers whose messages may be handled later than they are delivered. */
	private final Set<String> mailboxes = ConcurrentHashMap.newKeySet();

	private final Map<String, LongAdder[]> invalid = new ConcurrentHashMap<>();

	HandlerMetrics(MeterBook book) {
		this.book = book;
	}

	@Override
	public void started(HandlerMethod handler, ManagedConnection connection) {
		HandlerRun run = this.runs.get();
		if (!run.goOn(handler)) {
			run.begin(handler, success(handler));
			if (endsLater(handler) && this.mailboxes.contains(handler.server())) {
				// Perhaps not within a batch, whose end would be reported.
				connection.execute(run::end);
			}
		}
	}

	@Override
	public void finished(HandlerMethod handler, ManagedConnection connection, @Nullable Throwable error) {
		if (error != null) {
			this.runs.get().fail(failure(handler, error));
		}
		else if (!endsLater(handler)) {
			this.runs.get().end();
		}
	}

	/* Only messages on an event loop come in numbers, one soon after the other. */
	private static boolean endsLater(HandlerMethod handler) {
		return handler.event() == HandlerEvent.MESSAGE && !handler.isBlocking();
	}

	@Override
	public void invalidMessage(String server, InvalidMessageException.Code code) {
		invalid(server)[code.ordinal()].increment();
	}

	@Override
	public void unhandledError(HandlerMethod handler, ManagedConnection connection, Throwable error) {
		errors(new ErrorKey(handler.server(), handler.event().id(), handler.name())).increment();
	}

	/**
	 * Takes note of a server that is about to start.
	 */
	void starting(WorkermanServer server) {
		if (server.isDirect()) {
			this.mailboxes.remove(server.name());
		}
		else {
			this.mailboxes.add(server.name());
		}
	}

	/**
	 * Ends a batch.
	 */
	void batchEnded() {
		this.runs.get().end();
	}

	private HandlerTimes success(HandlerMethod handler) {
		HandlerTimes success = this.successes.get(handler);
		return (success != null) ? success
				: this.successes.computeIfAbsent(handler, (key) -> times(new HandlerTimes.Key(handler.server(),
						handler.event().id(), handler.name(), HandlerTimes.Key.NO_ERROR)));
	}

	private HandlerTimes failure(HandlerMethod handler, Throwable error) {
		return times(
				new HandlerTimes.Key(handler.server(), handler.event().id(), handler.name(), name(error.getClass())));
	}

	private static String name(Class<?> type) {
		return type.isAnonymousClass() ? name(type.getSuperclass()) : type.getSimpleName();
	}

	private HandlerTimes times(HandlerTimes.Key key) {
		return this.times.computeIfAbsent(key, (missing) -> {
			HandlerTimes made = new HandlerTimes(key);
			made.register(this.book);
			return made;
		});
	}

	private LongAdder errors(ErrorKey key) {
		return this.errors.computeIfAbsent(key, (missing) -> {
			LongAdder made = new LongAdder();
			registerErrors(key, made);
			return made;
		});
	}

	private LongAdder[] invalid(String server) {
		return this.invalid.computeIfAbsent(server, (missing) -> {
			LongAdder[] made = new LongAdder[InvalidMessageException.Code.values().length];
			Arrays.setAll(made, (index) -> new LongAdder());
			registerInvalid(server, made);
			return made;
		});
	}

	/**
	 * Makes what is counted for a server, so that it is seen before something happens.
	 */
	void prepare(WorkermanServer server) {
		invalid(server.name());
		for (HandlerDescription handler : server.handlers()) {
			if (!handler.thread().equals("lifecycle")) {
				times(new HandlerTimes.Key(server.name(), handler.event(), handler.method(),
						HandlerTimes.Key.NO_ERROR));
				errors(new ErrorKey(server.name(), handler.event(), handler.method()));
			}
		}
	}

	/**
	 * Registers what has been counted for a server since it was bound. What comes later
	 * registers itself.
	 */
	void register(String server) {
		this.times.forEach((key, known) -> {
			if (key.server().equals(server)) {
				known.register(this.book);
			}
		});
		this.errors.forEach((key, adder) -> {
			if (key.server().equals(server)) {
				registerErrors(key, adder);
			}
		});
		registerInvalid(server, invalid(server));
	}

	void remove(String server) {
		this.successes.keySet().removeIf((handler) -> handler.server().equals(server));
		this.times.keySet().removeIf((key) -> key.server().equals(server));
		this.errors.keySet().removeIf((key) -> key.server().equals(server));
		this.invalid.remove(server);
	}

	private void registerErrors(ErrorKey key, LongAdder adder) {
		this.book.add(key.server(),
				(registry) -> FunctionCounter.builder("workerman.handler.errors", adder, LongAdder::sum)
					.description("Errors of handlers that no error handler took")
					.tags("server", key.server(), "event", key.event(), "handler", key.handler())
					.register(registry));
	}

	private void registerInvalid(String server, LongAdder[] adders) {
		for (InvalidMessageException.Code code : InvalidMessageException.Code.values()) {
			this.book.add(server,
					(registry) -> FunctionCounter
						.builder("workerman.invalid.messages", adders[code.ordinal()], LongAdder::sum)
						.description("Messages that no handler could take")
						.tags("server", server, "code", code.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
	}

	private record ErrorKey(String server, String event, String handler) {

	}

}
