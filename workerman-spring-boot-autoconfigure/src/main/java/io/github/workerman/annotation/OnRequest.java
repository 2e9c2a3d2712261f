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
import org.springframework.core.annotation.AliasFor;

/**
 * Called for the requests of an http server that have this path and method. Requests that
 * none takes go to the server's {@link OnMessage} method, if it has one for requests;
 * other servers ignore the annotation.
 * <p>
 * Parameters, in any order: the {@code HttpRequest}; the {@code HttpSession} where the
 * server keeps sessions; {@link PathParam} values; the body, which is a {@code String},
 * {@code byte[]} or {@code ByteBuffer}, or a record, class or {@code JsonNode} read from
 * JSON (one whose annotation is {@code @Validated} or begins with {@code Valid} is
 * validated first); the {@code Connection}; and what the application's
 * {@code ArgumentResolver} beans provide.
 * <p>
 * Returns the response: an {@code HttpResponse}, a {@code String} (plain text),
 * {@code byte[]}, a {@code Path}, {@code File} or {@code Resource} (the file, with entity
 * tag and ranges), any other object (JSON), nothing (204), a {@code Mono} or
 * {@code CompletionStage} of one of these, or a {@code Flux} whose elements are sent as
 * chunks when they come, {@code ServerSentEvent}s as such. An exception goes to
 * {@link OnError}, whose result is the response then; without one the response is 400
 * where the request is to blame and else 500.
 * <p>
 * Runs on the connection's event loop unless {@link Blocking}; the next request of the
 * connection waits for the end of the response.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnRequest {

	/**
	 * The path, as {@link #path()}.
	 * @return the path
	 */
	@AliasFor("path")
	String value() default "/**";

	/**
	 * The path, beginning with a slash. A segment <code>{name}</code> takes any segment,
	 * {@code **} at the end any number of further ones, <code>{*name}</code> at the end
	 * too and names them. Of several that fit, the one with more literal segments at the
	 * beginning is called.
	 * @return the path, all by default
	 */
	@AliasFor("value")
	String path() default "/**";

	/**
	 * The methods, in upper case. A handler of {@code GET} also gets {@code HEAD}, whose
	 * response goes without its body.
	 * @return the methods, empty for all
	 */
	String[] method() default {};

}
