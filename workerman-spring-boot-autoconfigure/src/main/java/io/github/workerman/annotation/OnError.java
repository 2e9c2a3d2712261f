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

package io.github.workerman.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Called when a handler has thrown, when a message could not be handled
 * ({@code InvalidMessageException}), and when a connection is about to close because the
 * peer violated its protocol or the network failed.
 * <p>
 * Which exceptions: those of the {@code Throwable} parameter's type, narrowed to
 * {@link #value()} if given; all without either. An exception goes to the handler with
 * the closest type, one of the same bean if there is any, else of any bean; to several
 * only if they are equally close.
 * <p>
 * Parameters, in any order: the exception, the {@code Connection} (or
 * {@code WebSocketConnection}), the {@code Handshake} on websocket servers, the
 * {@code HttpRequest} and {@code HttpSession} of a request, the {@code Principal},
 * {@link ConnectionAttribute} and {@link PathParam} values, and what the application's
 * {@code ArgumentResolver} beans provide.
 * <p>
 * Returns nothing, or what is sent to the connection as for {@link OnMessage}.
 * <p>
 * Runs on the connection's event loop unless {@link Blocking}. A server may have several;
 * equally close ones are called in
 * {@link org.springframework.core.annotation.Order @Order}. What an error handler throws
 * is logged and goes to no other.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnError {

	/**
	 * The exceptions to receive. Each must fit the {@code Throwable} parameter, if there
	 * is one.
	 * @return the types; empty to let the parameter's type decide
	 */
	Class<? extends Throwable>[] value() default {};

	/**
	 * The paths of the websocket connections that this is for, in the syntax of
	 * {@link OnRequest#path()}.
	 * @return the paths; empty for those of {@link WorkermanHandler#path()}
	 */
	String[] path() default {};

}
