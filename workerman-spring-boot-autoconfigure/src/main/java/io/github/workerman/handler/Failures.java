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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.MessageCodec;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an exception leads to on one server: error handlers, an error reply, or a
 * line in the log. Usable from any thread.
 */
final class Failures {

	private static final Log logger = LogFactory.getLog(Failures.class);

	private static final String REACTOR_BLOCKED = "are blocking, which is not supported in thread";

	private final HandlerSettings settings;

	private final ErrorRouter router;

	private final InvocationObserver observer;

	private final @Nullable MessageCodec messageCodec;

	Failures(HandlerSettings settings, List<HandlerMethod> errorHandlers, HandlerServices services) {
		this.settings = settings;
		this.router = new ErrorRouter(errorHandlers);
		this.observer = services.observer();
		this.messageCodec = services.messageCodec();
	}

	/**
	 * Returns what error handlers should see of an exception.
	 * @param handler the handler that threw it
	 * @param thrown what it threw
	 * @return the cause of wrappers that the call itself made, with a hint where the
	 * handler has blocked
	 */
	Throwable refine(HandlerMethod handler, Throwable thrown) {
		Throwable error = thrown;
		while ((error instanceof CompletionException || error instanceof ExecutionException)
				&& error.getCause() != null) {
			error = error.getCause();
		}
		if (error instanceof IllegalStateException && error.getMessage() != null
				&& error.getMessage().contains(REACTOR_BLOCKED)) {
			return new IllegalStateException("Handler " + handler
					+ " blocks, which is not possible on an event loop. Annotate it with @Blocking, set workerman.servers."
					+ this.settings.server() + ".execution to blocking, or return the Mono or Flux", error);
		}
		return error;
	}

	/**
	 * Finds the error handlers for an exception, or does what is to be done without one.
	 * @param connection the connection
	 * @param handler the handler that failed, or {@code null} if there was none for the
	 * message
	 * @param error what is wrong, refined
	 * @return the error handlers to be called; none if all is done
	 */
	List<HandlerMethod> handle(ManagedConnection connection, @Nullable HandlerMethod handler, Throwable error) {
		List<HandlerMethod> takers = takers(handler, error);
		if (takers.isEmpty()) {
			InvalidMessageException invalid = invalidMessage(handler, error);
			if (invalid != null) {
				reply(connection, handler, invalid);
			}
			else if (handler != null) {
				unhandled(connection, handler, error);
			}
		}
		return takers;
	}

	/**
	 * Returns what an error handler is to be given.
	 * @param taker the error handler
	 * @param handler the handler that failed, or {@code null}
	 * @param error what is wrong, refined
	 * @return the error, as one of the types that the error handler takes
	 */
	Throwable errorFor(HandlerMethod taker, @Nullable HandlerMethod handler, Throwable error) {
		if (taker.payload().errors().stream().noneMatch((type) -> type.isInstance(error))) {
			InvalidMessageException invalid = invalidMessage(handler, error);
			return (invalid != null) ? invalid : error;
		}
		return error;
	}

	/**
	 * Finds the error handlers for an error of the peer or the network.
	 */
	List<HandlerMethod> ofPeer(ManagedConnection connection, Throwable error) {
		List<HandlerMethod> takers = this.router.route(error, null);
		if (takers.isEmpty() && logger.isDebugEnabled()) {
			logger.debug("[" + connection.id() + "] " + error);
		}
		return takers;
	}

	/**
	 * No handler takes a message. Where the protocol wants the peer to be told of that,
	 * the server has handlers for it, but not at the connection's path.
	 */
	void unhandledMessage(ManagedConnection connection, Object message) {
		if (logger.isDebugEnabled()) {
			logger.debug("[" + connection.id() + "] No handler of server '" + this.settings.server() + "' takes a "
					+ message.getClass().getName());
		}
		if (this.settings.distinguishesKinds() && (message instanceof String || message instanceof byte[])) {
			connection.close(new CloseReason(1003,
					(message instanceof String) ? "no text messages here" : "no binary messages here",
					CloseReason.Cause.PROTOCOL));
		}
	}

	/**
	 * A handshake handler has failed, which nobody but the log learns.
	 */
	void handshakeFailed(ManagedConnection connection, HandlerMethod handler, Throwable error) {
		Throwable refined = refine(handler, error);
		logger.error("[" + connection.id() + "] Handler " + handler + " (" + handler.event() + ") of server '"
				+ this.settings.server() + "' failed; the peer is rejected", refined);
		this.observer.unhandledError(handler, connection, refined);
	}

	/**
	 * What a handler returned has ended with an error.
	 */
	void failedLater(ManagedConnection connection, HandlerMethod handler, Throwable error) {
		this.observer.failedLater(handler, connection, error);
	}

	/**
	 * An error handler has itself failed. Goes nowhere else, so that nothing loops.
	 */
	void errorHandlerFailed(ManagedConnection connection, HandlerMethod handler, Throwable error) {
		unhandled(connection, handler, refine(handler, error));
	}

	/**
	 * Finds the error handlers for an exception in the way of {@link #handle}, and does
	 * nothing without one.
	 */
	List<HandlerMethod> takers(@Nullable HandlerMethod handler, Throwable error) {
		InvalidMessageException invalid = invalidMessage(handler, error);
		if (invalid != null) {
			this.observer.invalidMessage(this.settings.server(), invalid.code());
		}
		String bean = (handler != null) ? handler.bean() : null;
		List<HandlerMethod> takers = this.router.route(error, bean);
		return (takers.isEmpty() && invalid != null && invalid != error) ? this.router.route(invalid, bean) : takers;
	}

	/**
	 * A request could not be answered because of a defect of the program.
	 */
	void requestFailed(ManagedConnection connection, HandlerMethod handler, Throwable error) {
		logger.error("[" + connection.id() + "] Handler " + handler + " (" + handler.event() + ") of server '"
				+ this.settings.server() + "' failed", error);
		this.observer.unhandledError(handler, connection, error);
	}

	@Nullable InvalidMessageException invalidMessage(@Nullable HandlerMethod handler, Throwable error) {
		if (error instanceof InvalidMessageException invalid) {
			return invalid;
		}
		return (handler != null && (handler.event() == HandlerEvent.MESSAGE || handler.event() == HandlerEvent.REQUEST))
				? Violations.of(error, handler.candidate().beanClass(), this.messageCodec) : null;
	}

	private void reply(ManagedConnection connection, @Nullable HandlerMethod handler, InvalidMessageException invalid) {
		if (logger.isDebugEnabled()) {
			logger.debug("[" + connection.id() + "] Message for " + ((handler != null) ? handler : "no handler")
					+ " refused: " + invalid.getMessage() + " " + invalid.fields());
		}
		if (connection instanceof UdpPeer) {
			// Two that answer errors with errors would never end, and senders are forged.
			return;
		}
		Map<String, Object> reply = new LinkedHashMap<>();
		reply.put(this.settings.messageTypeField(), "error");
		reply.put("code", invalid.code().name().toLowerCase(Locale.ROOT));
		reply.put("message", (invalid.getMessage() != null) ? invalid.getMessage() : "");
		reply.put("fields", invalid.fields());
		try {
			connection.send(reply);
		}
		catch (MessageConversionException ex) {
			logger.debug("[" + connection.id() + "] The error reply cannot be written", ex);
		}
	}

	private void unhandled(ManagedConnection connection, HandlerMethod handler, Throwable error) {
		logger.error("[" + connection.id() + "] Handler " + handler + " (" + handler.event() + ") of server '"
				+ this.settings.server() + "' failed", error);
		this.observer.unhandledError(handler, connection, error);
		if (this.settings.onUnhandledError() == UnhandledErrorPolicy.CLOSE) {
			connection.close(CloseReason.INTERNAL_ERROR);
		}
	}

}
