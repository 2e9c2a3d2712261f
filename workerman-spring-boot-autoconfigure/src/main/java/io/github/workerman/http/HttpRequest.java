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

import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request, its body complete. Immutable; usable from any thread while it is handled.
 * Uploaded files end with the response.
 */
public interface HttpRequest {

	/**
	 * Returns the name of the server that was asked.
	 * @return the server's name
	 */
	String server();

	/**
	 * Returns the method.
	 * @return the method as it was sent, {@code GET} for instance
	 */
	String method();

	/**
	 * Returns the target as it was sent, still encoded.
	 * @return path and query
	 */
	String uri();

	/**
	 * Returns the path, percent-decoded, without the query.
	 * @return the path, beginning with a slash
	 */
	String path();

	/**
	 * Returns the path as it was sent, still encoded, without the query.
	 * @return the path, beginning with a slash
	 */
	default String rawPath() {
		int query = uri().indexOf('?');
		return (query < 0) ? uri() : uri().substring(0, query);
	}

	/**
	 * Returns the named segments of the path that the handler asked for.
	 * @return the decoded values by name, possibly empty
	 */
	Map<String, String> pathParams();

	/**
	 * Returns the query as it was sent, still encoded.
	 * @return the query without the question mark, empty if there is none
	 */
	String queryString();

	/**
	 * Returns the decoded parameters of the query.
	 * @return the parameters, possibly none
	 */
	Parameters query();

	/**
	 * Returns the first value of a parameter of the query.
	 * @param name the parameter's name
	 * @return the decoded value, or {@code null}
	 */
	default @Nullable String query(String name) {
		return query().first(name);
	}

	/**
	 * Returns the header fields in the order of the request.
	 * @return the values by lower-case name
	 */
	Map<String, List<String>> headers();

	/**
	 * Returns all values of a header field in the order of the request.
	 * @param name the field's name, in any case
	 * @return the values, none if there is no such field
	 */
	default List<String> headers(String name) {
		return headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}

	/**
	 * Returns the first value of a header field.
	 * @param name the field's name, in any case
	 * @return the value, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * Returns the value of a cookie.
	 * @param name the cookie's name
	 * @return the percent-decoded value, or {@code null}
	 */
	@Nullable String cookie(String name);

	/**
	 * Returns what the server keeps for the client between its requests. Asking does not
	 * begin a session, setting something in it does.
	 * @return the session
	 * @throws IllegalStateException if the server keeps no sessions
	 */
	HttpSession session();

	/**
	 * Returns the fields of a form that was sent with
	 * {@code application/x-www-form-urlencoded} or {@code multipart/form-data}.
	 * @return the fields without files, none if the body is something else
	 */
	Parameters form();

	/**
	 * Returns the files of a form that was sent with {@code multipart/form-data}.
	 * @return the files in the order of the request, possibly none
	 */
	List<UploadedFile> files();

	/**
	 * Returns the first file of a field of a form.
	 * @param name the field's name
	 * @return the file, or {@code null}
	 */
	default @Nullable UploadedFile file(String name) {
		return files().stream().filter((file) -> file.name().equals(name)).findFirst().orElse(null);
	}

	/**
	 * Returns the body.
	 * @return the body, not to be changed; empty without one, and for
	 * {@code multipart/form-data}
	 */
	byte[] bytes();

	/**
	 * Returns the body as text, in the character set of its content type, else UTF-8.
	 * @return the text, possibly empty
	 */
	String text();

	/**
	 * Returns the host that the client has asked for: what a trusted proxy says, else the
	 * {@code Host} field.
	 * @return the name and perhaps the port, or {@code null} if a client of HTTP/1.0 does
	 * not say it
	 */
	default @Nullable String host() {
		return header("host");
	}

	/**
	 * Tells whether the client speaks TLS: with the trusted proxy that says so, else with
	 * this server.
	 * @return whether it does; {@code false} by default
	 */
	default boolean isSecure() {
		return false;
	}

	/**
	 * Returns the scheme of the address that the client has asked for.
	 * @return {@code https} if the client speaks TLS, else {@code http}
	 */
	default String scheme() {
		return isSecure() ? "https" : "http";
	}

	/**
	 * Returns where the client comes from: what trusted proxies say, else the peer's
	 * address as the socket shows it.
	 * @return the address, with port 0 if a proxy does not tell it
	 */
	SocketAddress remoteAddress();

	/**
	 * Returns the peer's address as the socket shows it: that of the proxy if there is
	 * one, else that of the client.
	 * @return the address, by default the same as {@link #remoteAddress()}
	 */
	default SocketAddress peerAddress() {
		return remoteAddress();
	}

}
