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
 * Called for each message of a connection, one at a time.
 * <p>
 * Parameters, in any order: the message, which is a {@code String} (text), {@code byte[]}
 * or {@code ByteBuffer} (binary), a record, class, or {@code JsonNode} (JSON text), or
 * the type of object that the server's protocol makes; the {@code Connection} (or
 * {@code WebSocketConnection}), the {@code Handshake} on websocket servers, the
 * {@code Principal}, {@link ConnectionAttribute} and {@link PathParam} values, and what
 * the application's {@code ArgumentResolver} beans provide. A message parameter whose
 * annotation is {@code @Validated} or begins with {@code Valid} is validated first.
 * <p>
 * Returns nothing, or the reply: a {@code String} is sent as text, {@code byte[]} and
 * {@code ByteBuffer} as binary, any other object as JSON. Of a {@code Mono},
 * {@code Flux}, other {@code Publisher} or {@code CompletionStage} each element is sent
 * when it comes, and the connection's next message waits for the end.
 * <p>
 * Runs on the connection's event loop unless {@link Blocking}. A server may have one for
 * each {@link #value() type}, and without a type one for text and one for binary; where
 * it has several {@link #path() paths}, for each of them.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnMessage {

	/**
	 * The type of JSON messages to receive: the value of their type field, which is
	 * {@code type} unless {@code workerman.servers.<name>.message-type-field} names
	 * another one.
	 * @return the type; empty to receive what no typed handler takes
	 */
	String value() default "";

	/**
	 * The paths of the websocket connections that this is for, in the syntax of
	 * {@link OnRequest#path()}.
	 * @return the paths; empty for those of {@link WorkermanHandler#path()}
	 */
	String[] path() default {};

}
