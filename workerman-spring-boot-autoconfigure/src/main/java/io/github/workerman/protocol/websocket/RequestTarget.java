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

package io.github.workerman.protocol.websocket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes a request's target apart, which is a path with a query or, if the client believes
 * that it talks to a proxy, a complete URL (RFC 9112 section 3.2).
 */
final class RequestTarget {

	private static final Pattern ABSOLUTE = Pattern.compile("(?i)^(https?|wss?)://[^/?]+");

	private RequestTarget() {
	}

	/**
	 * Tells whether a target has a path that can be decoded.
	 * @param target the target
	 * @return whether it is valid
	 */
	static boolean isValid(String target) {
		String relative = relative(target);
		if (!relative.startsWith("/")) {
			return false;
		}
		try {
			path(target);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Returns the decoded path.
	 * @param target the target
	 * @return the path without the query
	 * @throws IllegalArgumentException if it cannot be decoded
	 */
	static String path(String target) {
		String path = rawPath(target);
		return (path.indexOf('%') < 0) ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the path as it was sent.
	 * @param target the target
	 * @return the path without the query, still encoded
	 */
	static String rawPath(String target) {
		String relative = relative(target);
		int question = relative.indexOf('?');
		return (question < 0) ? relative : relative.substring(0, question);
	}

	/**
	 * Returns the query.
	 * @param target the target
	 * @return the query without the question mark, empty if there is none
	 */
	static String query(String target) {
		int question = target.indexOf('?');
		return (question < 0) ? "" : target.substring(question + 1);
	}

	private static String relative(String target) {
		if (target.startsWith("/")) {
			return target;
		}
		String rest = ABSOLUTE.matcher(target).replaceFirst("");
		return (rest.isEmpty() || rest.startsWith("?")) ? "/" + rest : rest;
	}

}
