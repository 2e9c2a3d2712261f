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

import java.io.IOException;
import java.nio.file.Path;

import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.transport.http.HttpForm.TooManyPartsException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads the bodies of requests, whose size the guard has limited.
 */
final class HttpBodies {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final byte[] EMPTY = {};

	private static final String PART_TOO_LARGE = "Out of size";

	private final long uploadThreshold;

	/* Or else reactor-netty makes a directory for each form, and leaves it. */
	private final Path directory = Path.of(System.getProperty("java.io.tmpdir"));

	HttpBodies(HttpSettings settings) {
		this.uploadThreshold = settings.uploadThreshold().toBytes();
	}

	/**
	 * Reads the body and then has the request handled.
	 */
	void read(HttpServerRequest request, NettyHttpExchange exchange, HttpListener listener) {
		if (exchange.nettyRequest().isMultipart()) {
			readForm(request, exchange, listener);
			return;
		}
		request.receive().aggregate().asByteArray().defaultIfEmpty(EMPTY).subscribe((body) -> {
			exchange.nettyRequest().body(body);
			exchange.dispatch(listener);
		}, (error) -> failed(exchange, error));
	}

	/* Parts are decoded by other threads, because large ones go to disk. */
	private void readForm(HttpServerRequest request, NettyHttpExchange exchange, HttpListener listener) {
		HttpForm form = new HttpForm();
		exchange.whenDone(form::release);
		HttpFormEnd end = HttpFormEnd.watch(request, exchange.nettyRequest().boundary());
		parts(request).subscribe(form::add, (error) -> failed(exchange, error),
				() -> exchange.connection().execute(() -> {
					if (end != null && !end.isThere()) {
						exchange.turnDown(HttpRefusal.malformed("the form ends before its last boundary"));
						return;
					}
					try {
						exchange.nettyRequest().form(form.fields(), form.files());
					}
					catch (IOException ex) {
						notStored(exchange, ex);
						return;
					}
					exchange.dispatch(listener);
				}));
	}

	private Flux<HttpData> parts(HttpServerRequest request) {
		// Netty knows the type in lower case alone.
		HttpHeaders headers = request.requestHeaders();
		String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
		if (!type.startsWith(NettyHttpRequest.MULTIPART)) {
			headers.set(HttpHeaderNames.CONTENT_TYPE,
					NettyHttpRequest.MULTIPART + type.substring(NettyHttpRequest.MULTIPART.length()));
		}
		// Netty looks for the boundary at once and fails in its own way if there is none.
		return Flux.defer(() -> request
			.receiveForm((spec) -> spec.maxInMemorySize(this.uploadThreshold).baseDirectory(this.directory)));
	}

	private static void failed(NettyHttpExchange exchange, Throwable error) {
		if (isOfDisk(error)) {
			notStored(exchange, error);
			return;
		}
		if (logger.isDebugEnabled()) {
			logger.debug(
					"The body of " + exchange.request() + " of " + exchange.connection() + " was not read: " + error);
		}
		exchange.turnDown(HttpRefusal.malformed(problem(exchange.nettyRequest(), error)));
	}

	private static void notStored(NettyHttpExchange exchange, Throwable error) {
		logger.error("The form of " + exchange.request() + " of " + exchange.connection() + " was not stored", error);
		exchange.turnDown(new HttpRefusal(500, "the form could not be stored"));
	}

	/* Unless a part is larger than the client itself has said. */
	private static boolean isOfDisk(Throwable error) {
		return error instanceof ErrorDataDecoderException && error.getCause() instanceof IOException cause
				&& !String.valueOf(cause.getMessage()).startsWith(PART_TOO_LARGE);
	}

	private static String problem(NettyHttpRequest request, Throwable error) {
		if (!request.isMultipart()) {
			return "the body could not be read";
		}
		if (error instanceof TooManyPartsException) {
			return "the form has too many fields";
		}
		return (request.boundary() != null) ? "the form is malformed"
				: "the Content-Type of a form needs a boundary, as in multipart/form-data; boundary=x";
	}

}
