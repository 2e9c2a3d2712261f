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
 * Called before a server begins to listen.
 * <p>
 * Parameters: none, or a {@code String} that is the server's name.
 * <p>
 * Returns nothing. An exception stops the start of the application. The
 * {@link OnServerStop @OnServerStop} methods of beans whose {@code @OnServerStart}
 * methods had all run by then are called, so that they can give back what they took.
 * <p>
 * Runs on the thread that starts, stops or reloads the server and may block. A server may
 * have several, called in {@link org.springframework.core.annotation.Order @Order}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnServerStart {

}
