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

import java.lang.invoke.MethodHandle;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

/**
 * A method that handles one event of one server: what was decided about it at start-up.
 * Immutable; its string form is {@link #name()}.
 */
public final class HandlerMethod {

	private final HandlerCandidate candidate;

	private final HandlerSettings settings;

	private final Payload payload;

	private final ReturnPlan returns;

	private final boolean blocking;

	/* (ManagedConnection,Object)Object */
	private final MethodHandle handle;

	private final List<HandlerMethod> asList = List.of(this);

	HandlerMethod(HandlerCandidate candidate, HandlerSettings settings, Payload payload, ReturnPlan returns,
			boolean blocking, MethodHandle handle) {
		this.candidate = candidate;
		this.settings = settings;
		this.payload = payload;
		this.returns = returns;
		this.blocking = blocking;
		this.handle = handle;
	}

	/**
	 * Returns what the method handles.
	 * @return the event
	 */
	public HandlerEvent event() {
		return this.candidate.event();
	}

	/**
	 * Returns the name for people and metrics.
	 * @return the name, as {@code bean#method}
	 */
	public String name() {
		return this.candidate.name();
	}

	/**
	 * Returns the name of the server that this is bound for.
	 * @return the server's name
	 */
	public String server() {
		return this.settings.server();
	}

	/**
	 * Returns the type of JSON messages that the method takes.
	 * @return the type, empty for untyped handlers and other events
	 */
	public String type() {
		return this.candidate.type();
	}

	/**
	 * Tells where the method runs.
	 * @return whether it may block, else it runs on the event loop
	 */
	public boolean isBlocking() {
		return this.blocking;
	}

	@Override
	public String toString() {
		return name();
	}

	HandlerCandidate candidate() {
		return this.candidate;
	}

	String bean() {
		return this.candidate.bean();
	}

	Set<MessageKind> kinds() {
		return this.payload.kinds();
	}

	Payload payload() {
		return this.payload;
	}

	boolean isAsynchronous() {
		return this.returns.isAsynchronous();
	}

	/**
	 * Calls the method.
	 * @param connection the connection, {@code null} for events of the server
	 * @param event what is handled
	 * @return what the method returned
	 * @throws Throwable what the method or one of its arguments threw
	 */
	@SuppressWarnings("NullAway") // method handles take null where the method does
	@Nullable Object call(@Nullable ManagedConnection connection, @Nullable Object event) throws Throwable {
		try {
			return (Object) this.handle.invokeExact(connection, event);
		}
		catch (UndeclaredThrowableException ex) {
			throw ex.getUndeclaredThrowable();
		}
	}

	/**
	 * Sends what the method returned, unless it takes time.
	 * @param connection the connection that it was called for
	 * @param result what it returned
	 * @return a {@code Publisher} or {@code CompletionStage} that is still to be sent, or
	 * {@code null}
	 * @throws Exception if the result cannot be sent
	 */
	@Nullable Object reply(Connection connection, Object result) throws Exception {
		Object reply = this.returns.convert(connection, result);
		if (reply != null && this.returns.isAsynchronous() && ReturnPlan.takesTime(reply)) {
			return reply;
		}
		if (reply != null && this.returns.sends() && !(reply instanceof SendResult)) {
			connection.send(reply);
		}
		return null;
	}

	/**
	 * Prepares what the method returned without sending it.
	 * @param connection the connection that it was called for
	 * @param result what it returned
	 * @return a value, or a {@code Publisher} or {@code CompletionStage} of it
	 * @throws Exception if a result handler fails
	 */
	@Nullable Object convert(Connection connection, Object result) throws Exception {
		return this.returns.convert(connection, result);
	}

	/**
	 * Tells whether the method's result decides, so that no result is a no.
	 * @return whether a value is expected
	 */
	boolean decides() {
		return this.returns.decides();
	}

	/**
	 * Tells whether elements of an asynchronous result are sent.
	 * @return whether the event can be answered
	 */
	boolean sends() {
		return this.returns.sends();
	}

	List<HandlerMethod> asList() {
		return this.asList;
	}

	HandlerDescription describe() {
		return new HandlerDescription(event().id(), this.payload.describe(this.candidate), path(), name(), thread());
	}

	private String path() {
		return this.candidate.paths().stream().map(PathPattern::toString).collect(Collectors.joining(", "));
	}

	private String thread() {
		if (event().isOfServer()) {
			return "lifecycle";
		}
		return this.blocking ? "blocking" : "event-loop";
	}

}
