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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.transport.Wiretap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Has reactor-netty write the response to one request. On the event loop only.
 */
final class NettyHttpResponse {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	/* Up to 128 of them wait for the peer. */
	private static final int PIECE = 16 * 1024;

	private final HttpCarrier connection;

	private final HttpRequest request;

	private final HttpServerResponse out;

	private final boolean old;

	private final boolean keptAlive;

	private Sinks.@Nullable Empty<Void> endOfEvents;

	/**
	 * Creates what writes a response.
	 * @param old whether the request is one of HTTP/1.0
	 * @param keptAlive whether the peer would like to send another one
	 */
	NettyHttpResponse(HttpCarrier connection, HttpRequest request, HttpServerResponse out, boolean old,
			boolean keptAlive) {
		this.connection = connection;
		this.request = request;
		this.out = out;
		this.old = old;
		this.keptAlive = keptAlive;
	}

	/**
	 * Returns what writes a response.
	 * @param last whether the connection is to end after it
	 */
	Publisher<Void> write(HttpResponse answer, boolean last) {
		HttpServerResponse out = this.out;
		out.status(answer.status());
		if (!answer.headers().isEmpty()) {
			for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
				if (!HttpResponseWriter.isOwn(header.getKey())) {
					header.getValue().forEach((value) -> out.addHeader(header.getKey(), value));
				}
			}
		}
		if (answer.header("Date") == null) {
			out.header(HttpHeaderNames.DATE, this.connection.clock().now().text());
		}
		Object body = answer.body();
		boolean unframed = this.old && body instanceof Publisher<?>;
		if (unframed || !HttpResponseWriter.mayHaveBody(answer)) {
			// Version 1.0 has no chunks, and what has no body is not sent in any.
			out.chunkedTransfer(false);
		}
		if (last || unframed || this.connection.isClosing()) {
			out.keepAlive(false);
		}
		else if (this.old) {
			// Version 1.0 closes unless both sides say something else.
			out.header(HttpHeaderNames.CONNECTION, this.keptAlive ? "keep-alive" : "close");
		}
		Publisher<Void> written = (body instanceof Publisher<?> stream) ? writeStream(answer, stream)
				: writeBody(answer, body);
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			HttpWiretap.response(wiretap, this.connection, answer, out.responseHeaders());
		}
		return written;
	}

	private Publisher<Void> writeBody(HttpResponse answer, @Nullable Object body) {
		if (body instanceof FileBody file) {
			return writeFile(file);
		}
		if (body != null && HttpResponseWriter.isLarge(body)) {
			return writeLarge((body instanceof String text) ? text.getBytes(HttpResponseWriter.charsetOf(answer))
					: (byte[]) body);
		}
		ByteBuf bytes = (body instanceof String text) ? text(answer, text)
				: (body instanceof byte[] array) ? Unpooled.wrappedBuffer(array) : Unpooled.EMPTY_BUFFER;
		if (HttpResponseWriter.mayHaveBody(answer)) {
			this.out.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.readableBytes()));
		}
		if (bytes.isReadable() && HttpResponseWriter.mayHaveBody(answer) && !isHead()) {
			return this.out.sendObject(bytes);
		}
		bytes.release();
		return this.out.send();
	}

	/*
	 * In pieces, of which no more are copied to where they are sent from than the peer
	 * takes.
	 */
	private Publisher<Void> writeLarge(byte[] bytes) {
		this.out.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
		if (isHead()) {
			return this.out.send();
		}
		Flux<ByteBuf> pieces = Flux.range(0, (bytes.length - 1) / PIECE + 1)
			.map((index) -> Unpooled.wrappedBuffer(bytes, index * PIECE,
					Math.min(PIECE, bytes.length - index * PIECE)));
		return this.out.send(pieces, (piece) -> true);
	}

	private Publisher<Void> writeFile(FileBody file) {
		this.out.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(file.length()));
		if (isHead() || file.length() == 0) {
			return this.out.send();
		}
		return Flux.from(HttpFileChunks.send(this.out, file)).onErrorResume((error) -> {
			// Too late for a status: an end before all was sent says that it failed.
			logger.debug(file.path() + " was not sent to " + this.connection, error);
			this.connection.cut();
			return Flux.never();
		});
	}

	private ByteBuf text(HttpResponse answer, String text) {
		Charset charset = HttpResponseWriter.charsetOf(answer);
		return (charset == StandardCharsets.UTF_8) ? ByteBufUtil.writeUtf8(this.out.alloc(), text)
				: Unpooled.wrappedBuffer(text.getBytes(charset));
	}

	private boolean isHead() {
		return this.request.method().equals("HEAD");
	}

	private Publisher<Void> writeStream(HttpResponse answer, Publisher<?> stream) {
		if (isHead() || !HttpResponseWriter.mayHaveBody(answer)) {
			return this.out.send();
		}
		Flux<ByteBuf> chunks = Flux.from(stream).map((chunk) -> chunk(answer, chunk)).onErrorResume((error) -> {
			// Too late for a status: an end without the last chunk says that it failed.
			logger.debug("The response to " + this.request + " of " + this.connection + " ends with an error", error);
			// As a task of a task: reactor-netty writes chunks in tasks too.
			this.connection.execute(() -> this.connection.execute(this.connection::breakOff));
			return Flux.never();
		});
		if (answer.isEvents()) {
			Sinks.Empty<Void> end = Sinks.empty();
			this.endOfEvents = end;
			chunks = chunks.takeUntilOther(end.asMono());
			if (this.connection.isClosing()) {
				end.tryEmitEmpty();
			}
		}
		return this.out.send(chunks, (chunk) -> true);
	}

	private ByteBuf chunk(HttpResponse answer, Object chunk) {
		Wiretap wiretap = this.connection.endpoint().wiretap();
		if (wiretap != null) {
			wiretap.sent(this.connection, chunk);
		}
		return (chunk instanceof byte[] array) ? Unpooled.wrappedBuffer(array) : text(answer, (String) chunk);
	}

	/**
	 * Ends a stream of events, which never ends by itself: browsers connect again.
	 */
	void endEvents() {
		Sinks.Empty<Void> end = this.endOfEvents;
		if (end != null) {
			end.tryEmitEmpty();
		}
	}

}
