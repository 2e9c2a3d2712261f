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

import org.springframework.stereotype.Component;

/**
 * Makes a class a bean whose annotated methods handle what happens on the named servers.
 * Beans that are made in another way need it only to be narrowed to servers: without it
 * the annotated methods of a bean serve every server.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface WorkermanHandler {

	/**
	 * The names of the servers, as in {@code workerman.servers.<name>}.
	 * @return the names; empty for every server
	 */
	String[] value() default {};

	/**
	 * The paths of the websocket connections that the methods of the class are for, in
	 * the syntax of {@link OnRequest#path()}; a method may name others for itself.
	 * Requests ({@link OnRequest}) and what happens to the server are not concerned.
	 * <p>
	 * A server whose configuration names no paths accepts websockets at those that its
	 * handlers name. One that does must serve each of these, or it does not start; if
	 * {@link #value()} is empty, at least one server must.
	 * @return the paths; empty for all
	 */
	String[] path() default {};

}
