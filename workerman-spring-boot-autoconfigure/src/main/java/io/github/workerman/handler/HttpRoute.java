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

package io.github.workerman.handler;

import java.util.Set;
import java.util.TreeSet;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The requests that a handler takes.
 *
 * @param handler the handler
 * @param pattern the path
 * @param methods the methods, none for all
 */
record HttpRoute(HandlerMethod handler, PathPattern pattern, Set<String> methods) {

	private static final PathPattern ALL = new PathPattern("/**");

	static HttpRoute of(HandlerMethod handler) {
		HandlerCandidate candidate = handler.candidate();
		OnRequest annotation = annotation(candidate);
		PathPattern pattern = patternOf(candidate);
		if (annotation == null) {
			return new HttpRoute(handler, pattern, Set.of());
		}
		try {
			return new HttpRoute(handler, pattern, new TreeSet<>(Set.of(annotation.method())));
		}
		catch (IllegalArgumentException ex) {
			throw problem(candidate, annotation, ex);
		}
	}

	/**
	 * Returns the path of the requests that a handler takes.
	 * @throws HandlerDefinitionException if the annotation says something else
	 */
	static PathPattern patternOf(HandlerCandidate candidate) {
		OnRequest annotation = annotation(candidate);
		if (annotation == null) {
			return ALL;
		}
		try {
			return new PathPattern(annotation.path());
		}
		catch (IllegalArgumentException ex) {
			throw problem(candidate, annotation, ex);
		}
	}

	private static @Nullable OnRequest annotation(HandlerCandidate candidate) {
		return AnnotatedElementUtils.findMergedAnnotation(candidate.method(), OnRequest.class);
	}

	private static HandlerDefinitionException problem(HandlerCandidate candidate, OnRequest annotation,
			IllegalArgumentException ex) {
		return candidate.problem(Problem.ILLEGAL_ANNOTATION,
				candidate.where() + " has the path '" + annotation.path() + "': " + ex.getMessage() + ".",
				"Use a path such as /users/{id} or /files/**, and each method once.");
	}

	/**
	 * Describes what an annotation asks for.
	 */
	static String describe(OnRequest annotation) {
		String methods = (annotation.method().length == 0) ? "" : String.join(",", annotation.method()) + " ";
		return methods + annotation.path();
	}

	boolean takes(String method) {
		return this.methods.isEmpty() || this.methods.contains(method)
				|| (method.equals("HEAD") && this.methods.contains("GET"));
	}

}
