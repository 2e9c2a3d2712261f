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

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.annotation.PathParam;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.http.HttpException;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;

/**
 * Provides what handlers of requests take: the request, parts of its path, its body.
 */
final class HttpArguments implements ArgumentResolver {

	private final MessageArguments messages;

	HttpArguments(MessageArguments messages) {
		this.messages = messages;
	}

	@Override
	public @Nullable ArgumentReader resolve(HandlerParameter parameter) {
		if (parameter.type() == HttpSession.class && parameter.settings().isHttp()) {
			return parameter.settings().sessions() ? HttpArguments::session : null;
		}
		if (parameter.event() == HandlerEvent.ERROR) {
			return (parameter.type() == HttpRequest.class) ? HttpArguments::current : null;
		}
		if (parameter.event() != HandlerEvent.REQUEST && parameter.event() != HandlerEvent.MESSAGE) {
			return null;
		}
		if (parameter.type() == HttpRequest.class) {
			return BuiltInReader.EVENT;
		}
		PathParam pathParam = parameter.annotation(PathParam.class);
		if (pathParam != null) {
			return pathParam(parameter, pathParam);
		}
		if (parameter.annotations().length == 0 && parameter.type() == Connection.class) {
			return BuiltInReader.CONNECTION;
		}
		// The connection's principal is no body.
		return Principal.class.isAssignableFrom(parameter.type()) ? null : body(parameter);
	}

	/* The connection has one exchange at a time. */
	private static @Nullable Object current(Connection connection, @Nullable Object event) {
		return (connection instanceof HttpExchange.Owner owner) ? owner.exchange().request() : null;
	}

	private static @Nullable Object session(Connection connection, @Nullable Object event) {
		HttpRequest request = (event instanceof HttpRequest own) ? own : (HttpRequest) current(connection, event);
		return (request != null) ? request.session() : null;
	}

	private @Nullable ArgumentReader pathParam(HandlerParameter parameter, PathParam annotation) {
		String name = PathVariables.name(parameter, annotation);
		Class<?> type = parameter.type();
		if (!PathConversion.isPossible(type)) {
			return null;
		}
		return (connection, event) -> {
			String value = (event instanceof HttpRequest request) ? request.pathParams().get(name) : null;
			if (value == null) {
				throw new IllegalStateException("The path of the handler has no '{" + name + "}'");
			}
			try {
				return PathConversion.convert(value, type);
			}
			catch (ConversionException ex) {
				throw new HttpException(400, "'" + name + "' in the path is not valid");
			}
		};
	}

	private @Nullable ArgumentReader body(HandlerParameter parameter) {
		if (parameter.type() == ByteBuffer.class) {
			return new BodyReader((connection, event) -> ByteBuffer.wrap((byte[]) event), MessageKind.BINARY);
		}
		ArgumentReader reader = this.messages.resolve(parameter);
		MessageKind kind = (reader != null) ? reader.messageKind() : null;
		return (reader != null && kind != null) ? new BodyReader(reader, kind) : null;
	}

	/**
	 * Lists what parameters may be.
	 */
	static List<String> choices(HandlerEvent event, boolean json, boolean sessions) {
		List<String> choices = new ArrayList<>();
		choices.add("HttpRequest");
		choices.add(sessions ? "HttpSession" : "HttpSession, with http.session.enabled=true");
		if (event == HandlerEvent.ERROR) {
			choices.add("Throwable or a subtype");
		}
		else {
			choices.add("@PathParam(\"name\") of a simple type");
			choices.add("the body as String, byte[] or ByteBuffer");
			if (json) {
				choices.add("the body as JsonNode, record or class");
			}
		}
		choices.add("Connection");
		choices.add("Principal");
		choices.add("@ConnectionAttribute(\"name\")");
		return choices;
	}

	/**
	 * Reads the body by the reader of a message.
	 */
	private record BodyReader(ArgumentReader reader, MessageKind kind) implements ArgumentReader {

		@Override
		public @Nullable Object read(Connection connection, @Nullable Object event) throws Exception {
			HttpRequest request = (HttpRequest) event;
			if (request == null) {
				return null;
			}
			return this.reader.read(connection, (this.kind == MessageKind.TEXT) ? request.text() : request.bytes());
		}

		@Override
		public MessageKind messageKind() {
			return this.kind;
		}

	}

}
