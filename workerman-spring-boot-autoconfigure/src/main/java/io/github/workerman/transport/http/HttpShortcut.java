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

import java.util.Objects;

import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Has simple requests handled where the guard has read them, and writes their responses.
 * What a handler has not answered when it returns, or answers with a stream, goes on to
 * reactor-netty. On the event loop only.
 */
final class HttpShortcut {

	private final HttpContext server;

	private final HttpGuard guard;

	private @Nullable HttpConnection connection;

	private boolean open;

	private boolean unflushed;

	HttpShortcut(HttpContext server, HttpGuard guard) {
		this.server = server;
		this.guard = guard;
	}

	/**
	 * Opens for a connection, but not where requests are looked at one by one.
	 */
	void start(HttpConnection connection) {
		this.connection = connection;
		this.open = this.server.hasShortcut() && !connection.isForwarded() && this.guard.traffic().limiter() == null
				&& this.server.endpoint().wiretap() == null;
	}

	/**
	 * Tells whether requests may come this way.
	 * @param head the head of a request without a body
	 */
	boolean takes(HttpHead head) {
		return this.open && head.isSimpleGet();
	}

	/**
	 * Has a request handled.
	 * @return whether the response has been written, else the request must be let through
	 */
	boolean handle(HttpHead head, ChannelHandlerContext context) {
		HttpConnection owner = Objects.requireNonNull(this.connection);
		NettyHttpExchange exchange = new NettyHttpExchange(owner,
				new NettyHttpRequest(owner, "GET", head.target(), head::headers));
		owner.begin(exchange);
		exchange.dispatch(this.server.requests());
		HttpResponse response = exchange.outcome();
		if (response == null || !HttpResponseWriter.takes(response) || owner.isClosing()) {
			owner.pass(exchange);
			return false;
		}
		if (!write(response, context, owner)) {
			owner.pass(exchange);
			return false;
		}
		this.unflushed = true;
		return true;
	}

	private boolean write(HttpResponse response, ChannelHandlerContext context, HttpConnection owner) {
		HttpResponseWriter writer = this.server.writer();
		if (!(response.body() instanceof FileBody file)) {
			byte[] body = writer.body(response);
			write(writer.write(context.alloc(), response, body), body.length, context);
			return true;
		}
		ByteBuf small = writer.files().read(context, response, file);
		if (small != null) {
			write(small, (int) file.length(), context);
			return true;
		}
		ChannelFuture sent = writer.files().send(context, response, file, this.guard.traffic());
		if (sent == null) {
			return false;
		}
		int size = (int) Math.min(file.length(), Integer.MAX_VALUE);
		sent.addListener((written) -> {
			if (!written.isSuccess()) {
				// Too late for a status: an end before all was sent says that it failed.
				owner.cut();
			}
			this.guard.responded(size);
		});
		return true;
	}

	private void write(ByteBuf bytes, int size, ChannelHandlerContext context) {
		this.guard.traffic().sending(bytes);
		if (bytes.readableBytes() < context.channel().bytesBeforeUnwritable()) {
			context.write(bytes, context.voidPromise());
			this.guard.answered(size);
		}
		else {
			// The next request must wait until the peer has taken this.
			context.write(bytes).addListener((written) -> this.guard.responded(size));
		}
	}

	/**
	 * Tells whether something has been written since the last time.
	 */
	boolean needsFlush() {
		boolean needed = this.unflushed;
		this.unflushed = false;
		return needed;
	}

}
