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

import java.time.Duration;

import io.github.workerman.http.HttpSessionCookie.SameSite;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of servers of the protocol {@code http}.
 */
public class HttpSessionProperties {

	/**
	 * Whether requests have sessions, which a cookie finds again. They are kept in
	 * memory. Only for http.
	 */
	private @Nullable Boolean enabled;

	/**
	 * How long a session lasts that no request asks for. Only for http.
	 */
	private @Nullable Duration timeout;

	/**
	 * How many sessions there may be at once. What would begin another one is answered
	 * with 503. Only for http.
	 */
	private @Nullable Integer maxSessions;

	/**
	 * The cookie that sessions are found by.
	 */
	private final Cookie cookie = new Cookie();

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public @Nullable Integer getMaxSessions() {
		return this.maxSessions;
	}

	public void setMaxSessions(@Nullable Integer maxSessions) {
		this.maxSessions = maxSessions;
	}

	public Cookie getCookie() {
		return this.cookie;
	}

	/**
	 * The cookie that sessions are found by.
	 */
	public static class Cookie {

		/**
		 * Name of the cookie. Browsers do not tell ports apart, so that two servers on
		 * one host need two names.
		 */
		private @Nullable String name;

		/**
		 * Path that the cookie is sent to.
		 */
		private @Nullable String path;

		/**
		 * Whether the cookie is sent over TLS only. By default where the client speaks
		 * TLS; to be set behind a proxy that does not say so.
		 */
		private @Nullable Boolean secure;

		/**
		 * Whether scripts of a page cannot read the cookie.
		 */
		private @Nullable Boolean httpOnly;

		/**
		 * Which requests of other sites' pages the cookie goes along with: none, links
		 * (lax), or all.
		 */
		private @Nullable SameSite sameSite;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public @Nullable String getPath() {
			return this.path;
		}

		public void setPath(@Nullable String path) {
			this.path = path;
		}

		public @Nullable Boolean getSecure() {
			return this.secure;
		}

		public void setSecure(@Nullable Boolean secure) {
			this.secure = secure;
		}

		public @Nullable Boolean getHttpOnly() {
			return this.httpOnly;
		}

		public void setHttpOnly(@Nullable Boolean httpOnly) {
			this.httpOnly = httpOnly;
		}

		public @Nullable SameSite getSameSite() {
			return this.sameSite;
		}

		public void setSameSite(@Nullable SameSite sameSite) {
			this.sameSite = sameSite;
		}

	}

}
