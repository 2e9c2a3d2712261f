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
 * Decides whether a websocket peer is let in, before the connection is open. Not called
 * on servers whose protocol has no handshake.
 * <p>
 * Parameters, in any order: the {@code Handshake}, {@link PathParam} values,
 * {@link ConnectionAttribute} values that another handshake handler has set, and what the
 * application's {@code ArgumentResolver} beans provide. What is put into the handshake's
 * attributes is found at the connection later.
 * <p>
 * Returns nothing to accept; a {@code boolean}, where {@code false} rejects with 403; a
 * {@code HandshakeDecision}; or a {@code Mono} or {@code CompletionStage} of one of
 * these. Where a {@code Boolean} or {@code HandshakeDecision} is declared, {@code null}
 * and an empty {@code Mono} reject with 403. An exception is logged and rejects with 500.
 * <p>
 * Runs on the connection's event loop unless {@link Blocking}. A server may have several,
 * called in {@link org.springframework.core.annotation.Order @Order}: the first rejection
 * counts, and what the others say about principal, sub-protocol and headers is put
 * together, where the later one wins.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnHandshake {

	/**
	 * The paths of the websocket connections that this is for, in the syntax of
	 * {@link OnRequest#path()}.
	 * @return the paths; empty for those of {@link WorkermanHandler#path()}
	 */
	String[] path() default {};

}
