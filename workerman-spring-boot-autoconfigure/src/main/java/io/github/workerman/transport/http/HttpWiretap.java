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

package io.github.workerman.transport.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.workerman.connection.Connection;
import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.transport.Wiretap;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Logs requests and responses as handlers see and make them: decrypted and without the
 * framing of chunks.
 */
final class HttpWiretap {

	private HttpWiretap() {
	}

	/**
	 * A request is complete.
	 */
	static void request(Wiretap wiretap, Connection connection, NettyHttpRequest request) {
		wiretap.head(connection, "<-", request.toString(), request.fields());
		if (request.isMultipart()) {
			wiretap.event(connection, "form " + request.form().names() + ", " + request.files().size() + " files");
		}
		else if (request.bytes().length > 0) {
			wiretap.received(connection,
					isText(request.header("content-type")) ? request.text() : (Object) request.bytes());
		}
	}

	/**
	 * A request has been refused.
	 */
	static void refused(Wiretap wiretap, Connection connection, HttpRefusal refusal) {
		wiretap.event(connection, "refused a request: " + refusal.getMessage());
	}

	/**
	 * A response begins. A body that is a stream follows piece by piece.
	 */
	static void response(Wiretap wiretap, Connection connection, HttpResponse response, HttpHeaders fields) {
		List<Map.Entry<String, String>> sent = fields.entries();
		if (fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
			// Set beforehand, and gone before the response is.
			sent.removeIf((field) -> field.getKey().equalsIgnoreCase("transfer-encoding"));
		}
		wiretap.head(connection, "->", HttpResponseStatus.valueOf(response.status()).toString(), sent);
		Object body = response.body();
		if (body instanceof FileBody file) {
			wiretap.event(connection, "file " + file.path() + ", " + file.length() + " bytes");
		}
		else if (body != null && !(body instanceof Publisher)) {
			wiretap.sent(connection, body);
		}
	}

	private static boolean isText(@Nullable String contentType) {
		String type = (contentType != null) ? contentType.toLowerCase(Locale.ROOT) : "";
		return type.startsWith("text/") || type.contains("json") || type.contains("xml")
				|| type.startsWith("application/x-www-form-urlencoded");
	}

}
