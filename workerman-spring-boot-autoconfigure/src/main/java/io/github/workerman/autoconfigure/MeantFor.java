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

package io.github.workerman.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says, on the getter of a property of {@link ServerProperties} or of a group of them,
 * which servers it means something to. Every one has it: {@link InapplicableValues}
 * refuses to work without.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface MeantFor {

	/**
	 * Returns the protocols that the property means something to.
	 * @return the protocols
	 */
	ProtocolSet value();

	/**
	 * Returns what those servers listen on that the property means something to.
	 * @return the kind of socket
	 */
	SocketKind on() default SocketKind.ANY;

	/**
	 * What a server listens on.
	 */
	enum SocketKind {

		/** Either. */
		ANY,

		/** A port. */
		PORT,

		/** A Unix domain socket. */
		UNIX

	}

}
