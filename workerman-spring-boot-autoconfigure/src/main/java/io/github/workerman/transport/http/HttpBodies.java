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
import java.util.Objects;

import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.transport.http.HttpForm.CutOffException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads the bodies of requests, whose size the guard has limited.
 */
final class HttpBodies {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final byte[] EMPTY = {};

	private static final String PART_TOO_LARGE = "Out of size";

	private final long uploadThreshold;

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

	/*
	 * Decoded by other threads, because large parts go to disk, and piece by piece: no
	 * more is read than has been decoded. How it ends comes behind the last piece, to the
	 * same thread.
	 */
	private void readForm(HttpServerRequest request, NettyHttpExchange exchange, HttpListener listener) {
		HttpForm form;
		try {
			form = newForm(exchange.nettyRequest());
		}
		catch (RuntimeException ex) {
			failed(exchange, ex);
			return;
		}
		exchange.whenDone(form::release);
		form.retain();
		request.receive()
			.retain()
			.publishOn(Schedulers.boundedElastic(), 1)
			.doOnNext(form::add)
			.doOnDiscard(ByteBuf.class, ByteBuf::release)
			.then(Mono.fromSupplier(form::parts))
			.doFinally((signal) -> form.release())
			.subscribe((parts) -> exchange.connection().execute(() -> {
				exchange.nettyRequest().form(parts.fields(), parts.files());
				exchange.dispatch(listener);
			}), (error) -> failed(exchange, error));
	}

	private HttpForm newForm(NettyHttpRequest request) {
		String boundary = request.boundary();
		if (boundary == null) {
			throw new IllegalArgumentException("No boundary");
		}
		String type = Objects.requireNonNull(request.header("Content-Type"));
		return new HttpForm(type, boundary, this.uploadThreshold, this.directory);
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
		if (error instanceof TooManyFormFieldsException) {
			return "the form has too many fields";
		}
		if (error instanceof CutOffException) {
			return "the form ends before its last boundary";
		}
		return (request.boundary() != null) ? "the form is malformed"
				: "the Content-Type of a form needs a boundary, as in multipart/form-data; boundary=x";
	}

}
