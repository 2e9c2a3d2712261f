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
 * Called when a connection is open; for websocket after the upgrade.
 * <p>
 * Parameters, in any order: the {@code Connection} (or {@code WebSocketConnection}), the
 * {@code Handshake} on websocket servers, the {@code Principal},
 * {@link ConnectionAttribute} and {@link PathParam} values, and what the application's
 * {@code ArgumentResolver} beans provide.
 * <p>
 * Returns nothing, or what is sent to the connection as for {@link OnMessage}.
 * <p>
 * Runs on the connection's event loop unless {@link Blocking}. A server may have several,
 * called in {@link org.springframework.core.annotation.Order @Order}; the first message
 * is handled when all have ended. If one throws, the error goes to {@link OnError} and
 * the others are called nevertheless.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnConnect {

	/**
	 * The paths of the websocket connections that this is for, in the syntax of
	 * {@link OnRequest#path()}.
	 * @return the paths; empty for those of {@link WorkermanHandler#path()}
	 */
	String[] path() default {};

}
