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

import java.util.stream.Collectors;

import io.github.workerman.server.UnknownServerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes handlers for servers that nobody has configured.
 */
class UnknownServerFailureAnalyzer extends AbstractFailureAnalyzer<UnknownServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownServerException cause) {
		String handlers = cause.beans()
			.entrySet()
			.stream()
			.map((entry) -> "    server '%s': %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
			.collect(Collectors.joining(System.lineSeparator()));
		String description = "There are handlers for servers that do not exist:%n%n%s%n%n%s".formatted(handlers,
				cause.known().isEmpty() ? "No server is configured."
						: "Configured servers: " + String.join(", ", cause.known()) + ".");
		String first = cause.beans().keySet().iterator().next();
		String action = "Configure 'workerman.servers.%s.protocol' and '.port', or correct the name in @WorkermanHandler."
			.formatted(first);
		return new FailureAnalysis(description, action, cause);
	}

}
