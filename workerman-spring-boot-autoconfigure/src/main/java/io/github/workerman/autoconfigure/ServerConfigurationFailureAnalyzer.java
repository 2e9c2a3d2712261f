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

import io.github.workerman.server.ServerConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Analyzes values of {@code workerman.servers} that do not do.
 */
class ServerConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ServerConfigurationException> {

	private final PropertyOrigins origins;

	ServerConfigurationFailureAnalyzer(@Nullable Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServerConfigurationException cause) {
		StringBuilder description = new StringBuilder("Server '%s' %s.".formatted(cause.server(), cause.problem()));
		if (cause.property() != null) {
			description.append(System.lineSeparator())
				.append(System.lineSeparator())
				.append(this.origins.describe(cause.server(), cause.property(), cause.value()));
		}
		return new FailureAnalysis(description.toString(), cause.action(), cause);
	}

}
