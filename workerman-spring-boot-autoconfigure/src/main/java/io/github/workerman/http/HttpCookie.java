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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A cookie to be set. Immutable.
 *
 * @param name the name, a token
 * @param value the value, percent-encoded on the wire where it has to be
 * @param maxAge how long the browser keeps it, zero to delete it, or {@code null} for as
 * long as the browser runs
 * @param path the path that it is sent to, or {@code null} for that of the request
 * @param domain the domain that it is sent to, or {@code null} for the host of the
 * request
 * @param secure whether it is sent over TLS only
 * @param httpOnly whether scripts of a page cannot read it
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}, or {@code null} for the
 * browser's default
 */
public record HttpCookie(String name, String value, @Nullable Duration maxAge, @Nullable String path,
		@Nullable String domain, boolean secure, boolean httpOnly, @Nullable String sameSite) {

	/**
	 * Creates a cookie.
	 * @throws IllegalArgumentException if the name is no token, or another part has a
	 * control character or semicolon
	 */
	public HttpCookie {
		HeaderSyntax.checkName(name);
		check(path);
		check(domain);
		check(sameSite);
	}

	private static void check(@Nullable String attribute) {
		if (attribute != null) {
			HeaderSyntax.checkValue(attribute);
			if (attribute.indexOf(';') >= 0) {
				throw new IllegalArgumentException("A cookie's attribute holds a semicolon: '" + attribute + "'");
			}
		}
	}

	/**
	 * Returns a cookie for the whole site that scripts cannot read, kept while the
	 * browser runs, and sent by links from other sites only where they open a page.
	 * @param name the name
	 * @param value the value
	 * @return the cookie
	 */
	public static HttpCookie of(String name, String value) {
		return new HttpCookie(name, value, null, "/", null, false, true, "Lax");
	}

	/**
	 * Says how long the browser keeps it.
	 * @param maxAge the time, zero to delete it
	 * @return the cookie with it
	 */
	public HttpCookie withMaxAge(Duration maxAge) {
		return new HttpCookie(this.name, this.value, maxAge, this.path, this.domain, this.secure, this.httpOnly,
				this.sameSite);
	}

	/**
	 * Says whether it is sent over TLS only.
	 * @param secure whether it is
	 * @return the cookie with it
	 */
	public HttpCookie withSecure(boolean secure) {
		return new HttpCookie(this.name, this.value, this.maxAge, this.path, this.domain, secure, this.httpOnly,
				this.sameSite);
	}

	/* Zero would delete it. */
	private static long seconds(Duration maxAge) {
		return (maxAge.getNano() > 0) ? maxAge.getSeconds() + 1 : maxAge.getSeconds();
	}

	/**
	 * Returns the value of the header field {@code Set-Cookie}.
	 * @return the value
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.name).append('=')
			.append(URLEncoder.encode(this.value, StandardCharsets.UTF_8).replace("+", "%20"));
		if (this.domain != null) {
			text.append("; Domain=").append(this.domain);
		}
		if (this.maxAge != null) {
			text.append("; Max-Age=").append(seconds(this.maxAge));
		}
		if (this.path != null) {
			text.append("; Path=").append(this.path);
		}
		if (this.secure) {
			text.append("; Secure");
		}
		if (this.httpOnly) {
			text.append("; HttpOnly");
		}
		if (this.sameSite != null) {
			text.append("; SameSite=").append(this.sameSite);
		}
		return text.toString();
	}

}
