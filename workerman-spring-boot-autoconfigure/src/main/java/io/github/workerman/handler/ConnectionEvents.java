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

import java.util.List;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.execution.EventProcessor;
import io.github.workerman.handler.LifecycleEvent.Closed;
import io.github.workerman.handler.LifecycleEvent.Ending;
import io.github.workerman.handler.LifecycleEvent.Failed;
import io.github.workerman.handler.LifecycleEvent.Simple;
import io.github.workerman.protocol.InvalidMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of one connection through their handlers, step by step: each handler
 * on the thread that it asks for, error handlers after the one that failed, the next one
 * when what the last one returned has ended. The mailbox sees to it that one thread at a
 * time is here.
 */
final class ConnectionEvents implements EventProcessor {

	private final EventPlan plan;

	private final ManagedConnection connection;

	private Runnable resume = () -> {
	};

	/** The handlers of the event under way, {@code null} before it has begun. */
	private @Nullable List<HandlerMethod> handlers;

	private int next;

	private @Nullable Object argument;

	private @Nullable Failure failure;

	private @Nullable PendingResult pending;

	private boolean closing;

	ConnectionEvents(EventPlan plan, ManagedConnection connection) {
		this.plan = plan;
		this.connection = connection;
	}

	void resumeWith(Runnable resume) {
		this.resume = resume;
	}

	@Override
	public Progress process(Object event, boolean onLoop) {
		if (this.handlers == null) {
			if (startsElsewhere(event, onLoop)) {
				return Progress.ELSEWHERE;
			}
			this.handlers = begin(event);
			this.next = 0;
		}
		collect();
		HandlerMethod handler = step();
		while (handler != null) {
			if (handler.isBlocking() == onLoop) {
				return Progress.ELSEWHERE;
			}
			invoke(handler, onLoop);
			if (this.pending != null) {
				if (this.pending.waits()) {
					return Progress.LATER;
				}
				collect();
			}
			handler = step();
		}
		this.handlers = null;
		this.argument = null;
		return Progress.DONE;
	}

	@Override
	public void cancel() {
		// What close handlers return is nobody's but the application's.
		if (this.pending != null && !this.closing) {
			this.pending.cancel();
		}
	}

	private boolean startsElsewhere(Object event, boolean onLoop) {
		if (event instanceof LifecycleEvent) {
			return event instanceof Ending && !onLoop;
		}
		return onLoop && this.plan.messagesBlock();
	}

	private List<HandlerMethod> begin(Object event) {
		if (event instanceof Simple simple) {
			return this.plan.handlersOf(simple);
		}
		if (event instanceof Closed closed) {
			this.closing = true;
			this.argument = closed.reason();
			return this.plan.table().close();
		}
		if (event instanceof Failed failed) {
			this.failure = Failure.of(null, failed.error(),
					this.plan.failures().ofPeer(this.connection, failed.error()));
			return List.of();
		}
		if (event instanceof Ending ending) {
			ending.close().run();
			return List.of();
		}
		return beginMessage(event);
	}

	private List<HandlerMethod> beginMessage(Object message) {
		if (this.connection.isGivenUp()) {
			// Without a mailbox it would not have been delivered either.
			return List.of();
		}
		try {
			HandlerMethod handler = this.plan.router().route(message);
			if (handler == null) {
				this.plan.failures().unhandledMessage(this.connection, message);
				return List.of();
			}
			this.argument = message;
			return handler.asList();
		}
		catch (InvalidMessageException ex) {
			failed(null, ex);
			return List.of();
		}
	}

	/*
	 * The handler that comes next: those of an error before those of the event.
	 */
	private @Nullable HandlerMethod step() {
		Failure failure = this.failure;
		if (failure != null) {
			if (failure.hasNext()) {
				return failure.peek();
			}
			this.failure = null;
		}
		List<HandlerMethod> handlers = this.handlers;
		return (handlers != null && this.next < handlers.size()) ? handlers.get(this.next) : null;
	}

	private void invoke(HandlerMethod handler, boolean onLoop) {
		Object event = this.argument;
		if (this.failure != null) {
			event = this.plan.failures().errorFor(handler, this.failure.source(), this.failure.error());
		}
		try {
			Object later = this.plan.invoker().invoke(handler, this.connection, event, onLoop);
			if (later != null) {
				start(handler, later, onLoop);
				return;
			}
		}
		catch (Throwable ex) {
			ended(handler, ex);
			return;
		}
		ended(handler, null);
	}

	private void start(HandlerMethod handler, Object later, boolean onLoop) {
		PendingResult result = new PendingResult(handler, this.connection, this.resume);
		if (!onLoop) {
			result.start(later);
		}
		else {
			ConnectionLoop loop = this.connection.loop();
			loop.enter(handler);
			try {
				result.start(later);
			}
			finally {
				loop.exit();
			}
		}
		this.pending = result;
	}

	private void collect() {
		PendingResult result = this.pending;
		if (result != null) {
			this.pending = null;
			Throwable error = result.error();
			if (error != null) {
				this.plan.failures().failedLater(this.connection, result.handler(), error);
			}
			ended(result.handler(), error);
		}
	}

	private void ended(HandlerMethod handler, @Nullable Throwable error) {
		Failure failure = this.failure;
		if (failure != null) {
			failure.advance();
			if (error != null) {
				this.plan.failures().errorHandlerFailed(this.connection, handler, error);
			}
			return;
		}
		this.next++;
		if (error != null) {
			failed(handler, this.plan.failures().refine(handler, error));
		}
	}

	private void failed(@Nullable HandlerMethod handler, Throwable error) {
		this.failure = Failure.of(handler, error, this.plan.failures().handle(this.connection, handler, error));
	}

	/**
	 * An error on its way through its handlers.
	 */
	private static final class Failure {

		private final @Nullable HandlerMethod source;

		private final Throwable error;

		private final List<HandlerMethod> takers;

		private int next;

		private Failure(@Nullable HandlerMethod source, Throwable error, List<HandlerMethod> takers) {
			this.source = source;
			this.error = error;
			this.takers = takers;
		}

		static @Nullable Failure of(@Nullable HandlerMethod source, Throwable error, List<HandlerMethod> takers) {
			return takers.isEmpty() ? null : new Failure(source, error, takers);
		}

		@Nullable HandlerMethod source() {
			return this.source;
		}

		Throwable error() {
			return this.error;
		}

		boolean hasNext() {
			return this.next < this.takers.size();
		}

		HandlerMethod peek() {
			return this.takers.get(this.next);
		}

		void advance() {
			this.next++;
		}

	}

}
