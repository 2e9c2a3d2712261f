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

import io.github.workerman.server.DuplicateProtocolException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes protocols of one name.
 */
class DuplicateProtocolFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateProtocolException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateProtocolException cause) {
		boolean same = cause.first() == cause.second();
		String description = "Two beans of type Protocol are named '%s':%n%n    %s%n    %s".formatted(cause.name(),
				cause.first().getName(), cause.second().getName());
		String action = same
				? "The class is a bean twice, for instance as a component and by a @Bean method: remove one."
				: "Have name() of one of them return another name, or remove one of the beans.";
		return new FailureAnalysis(description, action, cause);
	}

}
