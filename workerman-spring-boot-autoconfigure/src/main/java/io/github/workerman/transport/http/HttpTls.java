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
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import javax.net.ssl.SSLException;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.SocketNames;
import io.github.workerman.transport.http.HttpTimeLimit.Phase;
import io.github.workerman.transport.tls.TlsEvent;
import io.github.workerman.transport.tls.TlsFailure;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of the guard until the TLS handshake of an HTTP connection is over:
 * makes room for it then, or turns the peer away. On the event loop only.
 */
final class HttpTls extends ChannelInboundHandlerAdapter {

	static final String NAME = "workerman.http.tls";

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final byte[] TLS_REQUIRED = tlsRequired();

	private final HttpContext server;

	private final HttpLinger linger;

	private final HttpGuard guard;

	private final HttpTimeLimit limit;

	/* The peer has been turned away, and counted. */
	private boolean rejected;

	private boolean gone;

	private @Nullable ChannelHandlerContext context;

	/**
	 * Creates a handler for one channel.
	 * @param context what the connections of the server share
	 * @param loop the channel's loop
	 * @param linger stands before this handler
	 * @param guard takes the place of this handler
	 */
	HttpTls(HttpContext context, NettyLoop loop, HttpLinger linger, HttpGuard guard) {
		this.server = context;
		this.linger = linger;
		this.guard = guard;
		this.limit = new HttpTimeLimit(loop.deadlines(), (phase) -> expired());
	}

	private static byte[] tlsRequired() {
		String body = "this port speaks TLS, and the request came without: use https://host:port/, or wss\n";
		String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "
				+ body.length() + "\r\nConnection: close\r\n\r\n";
		return (head + body).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.server.arriving().add(context.channel());
		this.limit.set(this.server.endpoint().settings().handshakeTimeout().toNanos(), Phase.FIRST);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				proceed();
			}
			else {
				failed(handshake.cause());
			}
		}
		else if (event == TlsEvent.PLAINTEXT) {
			proceed();
		}
		else if (event == TlsEvent.PLAINTEXT_REFUSED) {
			refuse();
		}
		context.fireUserEventTriggered(event);
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

	private void proceed() {
		this.limit.clear();
		this.server.arriving().remove(context().channel());
		context().pipeline().replace(this, HttpGuard.NAME, this.guard);
	}

	/* Who says so tells the peer and closes the channel. */
	private void failed(Throwable failure) {
		boolean present = context().channel().isActive();
		reject(present ? TlsFailure.reason(failure) : RejectReason.ABANDONED,
				"TLS handshake failed: " + TlsFailure.line(failure));
	}

	private void refuse() {
		reject(RejectReason.NOT_TLS, "no TLS on a port with TLS");
		this.linger.begin();
		context().writeAndFlush(Unpooled.wrappedBuffer(TLS_REQUIRED)).addListener(ChannelFutureListener.CLOSE);
	}

	private void expired() {
		reject(RejectReason.TIMEOUT, "TLS handshake was not complete in time");
		TlsTermination.drop(context().channel());
	}

	private void reject(RejectReason reason, String message) {
		this.limit.clear();
		if (this.rejected) {
			return;
		}
		this.rejected = true;
		if (logger.isDebugEnabled()) {
			logger.debug("Rejected " + Addresses.format(SocketNames.jdk(context().channel().remoteAddress()))
					+ " at server '" + this.server.endpoint().settings().server() + "': " + message);
		}
		this.server.listener().rejected(reason);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		// What a peer says that was turned away.
		ReferenceCountUtil.release(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.rejected) {
			context.read();
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end();
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		Throwable failure = TlsFailure.unwrap(cause);
		if (!(failure instanceof IOException)) {
			logger.error("Unexpected error at the TLS handshake of "
					+ Addresses.format(SocketNames.jdk(context.channel().remoteAddress())), failure);
		}
		if (!(this.rejected && failure instanceof SSLException)) {
			reject(TlsFailure.reason(failure), "TLS handshake failed: " + TlsFailure.line(failure));
			context.close();
		}
	}

	private void end() {
		if (!this.gone) {
			this.gone = true;
			if (!this.rejected) {
				reject(RejectReason.ABANDONED, "left before the TLS handshake was complete");
			}
			this.limit.clear();
			this.server.arriving().remove(context().channel());
			this.server.gone();
		}
	}

}
