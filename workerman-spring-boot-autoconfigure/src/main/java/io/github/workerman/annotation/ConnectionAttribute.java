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

/**
 * Binds a handler parameter to a value of {@code connection.attributes()}, as it is when
 * the handler is called.
 * <p>
 * A missing value is {@code null} unless it is {@link #required()}; a missing required
 * value and a value of another type are errors that go to {@link OnError}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ConnectionAttribute {

	/**
	 * The attribute's name.
	 * @return the name
	 */
	String value();

	/**
	 * Whether the handler must not be called without a value. Parameters of primitive
	 * types are required in any case.
	 * @return whether it is required
	 */
	boolean required() default false;

}
