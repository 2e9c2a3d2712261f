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

import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads the bodies of requests, whose size the guard has limited.
 */
final class HttpBodies {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final byte[] EMPTY = {};

	private final long uploadThreshold;

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
		request.receiveForm((spec) -> spec.maxInMemorySize(this.uploadThreshold))
			.subscribe(form::add, (error) -> failed(exchange, error), () -> exchange.connection().execute(() -> {
				try {
					exchange.nettyRequest().form(form.fields(), form.files());
				}
				catch (Exception ex) {
					failed(exchange, ex);
					return;
				}
				exchange.dispatch(listener);
			}));
	}

	private static void failed(NettyHttpExchange exchange, Throwable error) {
		if (logger.isDebugEnabled()) {
			logger.debug(
					"The body of " + exchange.request() + " of " + exchange.connection() + " was not read: " + error);
		}
		exchange.respond(HttpResponse.of(400));
	}

}
