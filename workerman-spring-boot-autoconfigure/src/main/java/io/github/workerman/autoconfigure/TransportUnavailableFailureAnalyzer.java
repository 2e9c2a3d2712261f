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

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.TransportUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a {@code workerman.transport} that this machine does not have.
 */
class TransportUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<TransportUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TransportUnavailableException cause) {
		String available = Arrays.stream(TransportKind.values())
			.filter((kind) -> kind.unavailable() == null)
			.map(TransportKind::toString)
			.collect(Collectors.joining(", "));
		String description = "The transport '%s' of the property 'workerman.transport' is not available: %s."
			.formatted(cause.kind(), cause.reason());
		String action = ("Set 'workerman.transport' to one of %s, or add Netty's native library for '%s' to the class path "
				+ "where the operating system has it.")
			.formatted(available, cause.kind());
		return new FailureAnalysis(description, action, cause);
	}

}
