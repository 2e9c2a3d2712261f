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

import java.time.Duration;

import io.github.workerman.http.HttpCookie;
import io.github.workerman.http.HttpSessionCookie;
import io.github.workerman.http.HttpSessionCookie.SameSite;
import io.github.workerman.http.HttpSessionSettings;

/**
 * Checks how sessions are to be kept: values out of range, and cookies that browsers
 * would not take.
 */
final class SessionCheck {

	private final String server;

	SessionCheck(String server) {
		this.server = server;
	}

	void check(HttpSessionSettings session, boolean tls) {
		Duration timeout = session.timeout();
		if (timeout.isNegative() || timeout.isZero()) {
			throw failure("timeout", timeout, "has sessions that last " + timeout,
					"Use a positive duration, for instance 30m.");
		}
		if (session.maxSessions() < 1) {
			throw failure("max-sessions", session.maxSessions(),
					"may have " + session.maxSessions() + " sessions at once", "Use 1 or more.");
		}
		check(session.cookie(), tls);
	}

	private void check(HttpSessionCookie cookie, boolean tls) {
		checkSyntax("name", cookie.name(), cookie.name(), "/");
		checkSyntax("path", cookie.path(), "a", cookie.path());
		if (!cookie.path().startsWith("/")) {
			throw failure("cookie.path", cookie.path(), "has a session cookie for path '" + cookie.path() + "'",
					"A path begins with a slash.");
		}
		boolean host = startsWith(cookie.name(), "__Host-");
		if (host && !cookie.path().equals("/")) {
			throw failure("cookie.path", cookie.path(),
					"has session cookie '" + cookie.name() + "' for path '" + cookie.path() + "'",
					"Browsers take it for path / only; or use another name.");
		}
		boolean secure = (cookie.secure() != null) ? cookie.secure() : tls;
		if (secure) {
			return;
		}
		if (cookie.sameSite() == SameSite.NONE) {
			throw failure("cookie.same-site", cookie.sameSite(), "has a session cookie for other sites without TLS",
					"Browsers take it with cookie.secure=true only; or use lax or strict.");
		}
		if (host || startsWith(cookie.name(), "__Secure-")) {
			throw failure("cookie.name", cookie.name(), "has session cookie '" + cookie.name() + "' without TLS",
					"Browsers take it with cookie.secure=true only; or use another name.");
		}
	}

	private void checkSyntax(String property, String value, String name, String path) {
		try {
			new HttpCookie(name, "", null, path, null, false, true, null);
		}
		catch (IllegalArgumentException ex) {
			throw failure("cookie." + property, value, "has a session cookie that cannot be sent: " + ex.getMessage(),
					"Use a name of letters, digits and dashes, and a path without a semicolon.");
		}
	}

	/* In any case, as browsers compare it. */
	private static boolean startsWith(String name, String prefix) {
		return name.regionMatches(true, 0, prefix, 0, prefix.length());
	}

	private ServerConfigurationException failure(String property, Object value, String problem, String action) {
		return new ServerConfigurationException(this.server, "http.session." + property, value, problem, action);
	}

}
