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

package io.github.workerman.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The cookie that sessions are found by.
 *
 * @param name its name
 * @param path the path that it is sent to
 * @param secure whether it is sent over TLS only, or {@code null} where the client that
 * it is set for speaks TLS
 * @param httpOnly whether scripts of a page cannot read it
 * @param sameSite which requests of other sites' pages it goes along with
 */
public record HttpSessionCookie(String name, String path, @Nullable Boolean secure, boolean httpOnly,
		SameSite sameSite) {

	/** Not for scripts, not for other sites' forms, secure where TLS is spoken. */
	public static final HttpSessionCookie DEFAULT = new HttpSessionCookie("SESSION", "/", null, true, SameSite.LAX);

	HttpCookie with(String id, boolean tls) {
		return new HttpCookie(this.name, id, null, this.path, null, (this.secure != null) ? this.secure : tls,
				this.httpOnly, this.sameSite.text);
	}

	HttpCookie deleted(boolean tls) {
		return with("", tls).withMaxAge(Duration.ZERO);
	}

	/**
	 * Which requests of other sites' pages a cookie goes along with.
	 */
	public enum SameSite {

		/** None, not even links. */
		STRICT("Strict"),

		/** Links, and nothing else. */
		LAX("Lax"),

		/** All; browsers demand that the cookie be secure then. */
		NONE("None");

		private final String text;

		SameSite(String text) {
			this.text = text;
		}

	}

}
