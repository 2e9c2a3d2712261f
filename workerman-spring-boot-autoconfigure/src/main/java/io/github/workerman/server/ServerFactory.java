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

package io.github.workerman.server;

/**
 * Makes servers of definitions. A bean of this type replaces the standard one.
 */
@FunctionalInterface
public interface ServerFactory {

	/**
	 * Makes a server. Called when the application context is refreshed; the server must
	 * not be started by this.
	 * @param definition the server's definition
	 * @return the server, stopped
	 * @throws ServerConfigurationException if the definition asks for something that does
	 * not exist
	 */
	WorkermanServer create(ServerDefinition definition);

	/**
	 * Returns the standard factory.
	 * @param environment what the servers share
	 * @return the factory
	 */
	static ServerFactory standard(ServerEnvironment environment) {
		return (definition) -> new WorkermanServer(definition, environment);
	}

}
