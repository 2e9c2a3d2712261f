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

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.workerman.annotation.PathParam;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Decides once who provides each parameter of a handler method.
 */
final class ParameterBinder {

	private final HandlerServices services;

	private final BuiltInArguments builtIn = new BuiltInArguments();

	private final MessageArguments messages;

	private final HttpArguments requests;

	private final PathVariables pathVariables = new PathVariables();

	ParameterBinder(HandlerServices services) {
		this.services = services;
		this.messages = new MessageArguments(services.messageCodec());
		this.requests = new HttpArguments(this.messages);
	}

	PathVariables pathVariables() {
		return this.pathVariables;
	}

	/**
	 * The readers of a method's arguments, and what they take of the event.
	 */
	record Arguments(List<ArgumentReader> readers, Payload payload) {

	}

	Arguments bind(HandlerCandidate candidate, HandlerSettings settings) {
		List<ArgumentReader> readers = new ArrayList<>();
		HandlerParameter message = null;
		MessageKind kind = null;
		for (int i = 0; i < candidate.method().getParameterCount(); i++) {
			HandlerParameter parameter = new HandlerParameter(candidate.event(), settings, candidate.parameter(i));
			ArgumentReader reader = find(candidate, parameter);
			if (takesEvent(reader, parameter)) {
				if (message != null) {
					throw ambiguous(candidate, message, parameter);
				}
				message = parameter;
				kind = reader.messageKind();
				reader = validating(candidate, parameter, reader);
			}
			readers.add(reader);
		}
		return new Arguments(readers, payload(candidate, message, kind));
	}

	private ArgumentReader find(HandlerCandidate candidate, HandlerParameter parameter) {
		if (!candidate.event().isOfServer()) {
			for (ArgumentResolver resolver : this.services.argumentResolvers()) {
				ArgumentReader reader = resolver.resolve(parameter);
				if (reader != null) {
					return reader;
				}
			}
		}
		ArgumentReader reader = parameter.settings().isHttp() ? ofRequest(candidate, parameter)
				: pathParam(candidate, parameter);
		if (reader == null) {
			reader = this.builtIn.resolve(parameter);
		}
		if (reader == null && parameter.type() == Object.class) {
			throw candidate.problem(Problem.AMBIGUOUS_PARAMETER, parameter.name(),
					"Parameter '" + parameter.name() + "' of " + candidate.where()
							+ " is an Object, which could be several things.",
					"Declare it as one of these: " + String.join("; ", choices(candidate, parameter)) + ".",
					choices(candidate, parameter));
		}
		if (reader == null && !parameter.settings().isHttp()) {
			reader = this.messages.resolve(parameter);
		}
		if (reader == null) {
			throw unresolvable(candidate, parameter);
		}
		return reader;
	}

	private @Nullable ArgumentReader ofRequest(HandlerCandidate candidate, HandlerParameter parameter) {
		PathParam annotation = parameter.annotation(PathParam.class);
		if (annotation != null && candidate.event() != HandlerEvent.ERROR) {
			PathVariables.checkName(candidate, parameter, PathVariables.name(parameter, annotation),
					List.of(HttpRoute.patternOf(candidate)));
		}
		return this.requests.resolve(parameter);
	}

	private @Nullable ArgumentReader pathParam(HandlerCandidate candidate, HandlerParameter parameter) {
		PathParam annotation = parameter.annotation(PathParam.class);
		if (annotation == null) {
			return null;
		}
		boolean possible = parameter.settings().webSocket() && !candidate.event().isOfServer();
		ArgumentReader reader = possible ? this.pathVariables.resolve(candidate, parameter, annotation) : null;
		if (reader == null) {
			throw unresolvable(candidate, parameter);
		}
		return reader;
	}

	private boolean takesEvent(ArgumentReader reader, HandlerParameter parameter) {
		return reader.messageKind() != null || (parameter.event() == HandlerEvent.ERROR
				&& Throwable.class.isAssignableFrom(parameter.type()) && reader == BuiltInReader.EVENT);
	}

	private Payload payload(HandlerCandidate candidate, @Nullable HandlerParameter parameter,
			@Nullable MessageKind kind) {
		Class<?> type = (parameter != null) ? parameter.type() : null;
		return switch (candidate.event()) {
			case MESSAGE -> new Payload(kinds(candidate, kind), type, List.of());
			case REQUEST -> new Payload(Set.of(), type, List.of());
			case ERROR -> new Payload(Set.of(), type, errors(candidate, type));
			default -> Payload.NONE;
		};
	}

	private Set<MessageKind> kinds(HandlerCandidate candidate, @Nullable MessageKind kind) {
		if (candidate.type().isEmpty()) {
			return (kind != null) ? EnumSet.of(kind) : EnumSet.allOf(MessageKind.class);
		}
		if (this.services.messageCodec() == null) {
			throw candidate.problem(Problem.ILLEGAL_ANNOTATION,
					candidate.where() + " asks for messages of type '" + candidate.type()
							+ "', but there is nothing to read JSON with.",
					"Add spring-boot-starter-jackson to the class path, or remove the type from the annotation.");
		}
		if (kind == MessageKind.BINARY) {
			throw candidate.problem(Problem.ILLEGAL_ANNOTATION,
					candidate.where() + " asks for messages of type '" + candidate.type()
							+ "' and takes bytes, but only text has a type.",
					"Take the message as String, JsonNode, record or class, or remove the type from the annotation.");
		}
		return EnumSet.of(MessageKind.TEXT);
	}

	@SuppressWarnings("unchecked")
	private static List<Class<? extends Throwable>> errors(HandlerCandidate candidate, @Nullable Class<?> parameter) {
		Class<? extends Throwable> declared = (parameter != null) ? (Class<? extends Throwable>) parameter
				: Throwable.class;
		for (Class<? extends Throwable> error : candidate.errors()) {
			if (!declared.isAssignableFrom(error)) {
				throw candidate.problem(Problem.ILLEGAL_ANNOTATION,
						candidate.where() + " asks for " + error.getName() + ", which its parameter of type "
								+ declared.getName() + " cannot take.",
						"Declare the parameter as a common superclass of the exceptions in the annotation.");
			}
		}
		return candidate.errors().isEmpty() ? List.of(declared) : candidate.errors();
	}

	private ArgumentReader validating(HandlerCandidate candidate, HandlerParameter parameter, ArgumentReader reader) {
		for (Annotation annotation : parameter.annotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				if (this.services.validator() == null) {
					throw candidate.problem(Problem.NO_VALIDATOR, parameter.name(),
							"Parameter '" + parameter.name() + "' of " + candidate.where() + " is annotated with @"
									+ annotation.annotationType().getSimpleName()
									+ ", but there is nothing to validate with.",
							"Add spring-boot-starter-validation to the class path, or remove the annotation.",
							List.of());
				}
				return new ValidatingReader(reader, this.services.validator(), hints, parameter,
						this.services.messageCodec());
			}
		}
		return reader;
	}

	private List<String> choices(HandlerCandidate candidate, HandlerParameter parameter) {
		return BuiltInArguments.choices(candidate.event(), parameter.settings(), this.services.messageCodec() != null);
	}

	private HandlerDefinitionException unresolvable(HandlerCandidate candidate, HandlerParameter parameter) {
		List<String> choices = choices(candidate, parameter);
		HandlerSettings settings = parameter.settings();
		String action = "Declare it as one of these: " + String.join("; ", choices)
				+ "; or provide an ArgumentResolver bean for it.";
		if (parameter.type().getPackageName().equals("io.github.workerman.connection") && !settings.webSocket()) {
			action += " Narrow the bean to websocket servers with @WorkermanHandler(\"name\") if it is meant for those.";
		}
		if (candidate.event() == HandlerEvent.MESSAGE && this.services.messageCodec() == null) {
			action += " Objects can be read from JSON when Jackson is on the class path"
					+ " (spring-boot-starter-jackson).";
		}
		return candidate.problem(Problem.UNRESOLVABLE_PARAMETER, parameter.name(),
				"Nothing can provide parameter '" + parameter.name() + "' of type "
						+ parameter.genericType().getTypeName() + " of " + candidate.where() + " for server '"
						+ settings.server() + "' with protocol '" + settings.protocol() + "'.",
				action, choices);
	}

	private static HandlerDefinitionException ambiguous(HandlerCandidate candidate, HandlerParameter first,
			HandlerParameter second) {
		String what = (candidate.event() == HandlerEvent.ERROR) ? "the exception" : "the message";
		return candidate.problem(Problem.AMBIGUOUS_PARAMETER, second.name(),
				"Parameters '" + first.name() + "' of type " + first.genericType().getTypeName() + " and '"
						+ second.name() + "' of type " + second.genericType().getTypeName() + " of " + candidate.where()
						+ " could both be " + what + ".",
				"Keep one of them. Beans are injected into the constructor, values of the connection are marked with"
						+ " @ConnectionAttribute(\"name\").",
				List.of());
	}

}
