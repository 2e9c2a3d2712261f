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

package io.github.workerman.transport;

import io.github.workerman.connection.Addresses;
import io.github.workerman.transport.tls.TlsEvent;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a channel on to its connection.
 */
public final class ConnectionChannelHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final EndpointContext endpoint;

	private final NettyLoop loop;

	private final Runnable whenGone;

	private final @Nullable TlsTermination completed;

	private @Nullable NettyConnection connection;

	/** The peer has said goodbye in terms of TLS. */
	private boolean tlsClosed;

	/**
	 * Creates a handler.
	 * @param endpoint what is shared by the connections
	 * @param loop the event loop of the channel
	 * @param whenGone called once, after the connection's close handlers
	 */
	public ConnectionChannelHandler(EndpointContext endpoint, NettyLoop loop, Runnable whenGone) {
		this(endpoint, loop, whenGone, null);
	}

	/**
	 * Creates a handler for a channel that has been used by another protocol before.
	 * @param endpoint what is shared by the connections
	 * @param loop the event loop of the channel
	 * @param whenGone called once, after the connection's close handlers
	 * @param completed the TLS whose handshake is over, or {@code null} for none
	 */
	public ConnectionChannelHandler(EndpointContext endpoint, NettyLoop loop, Runnable whenGone,
			@Nullable TlsTermination completed) {
		this.endpoint = endpoint;
		this.loop = loop;
		this.whenGone = whenGone;
		this.completed = completed;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		try {
			NettyConnection added = NettyConnection.create(this.endpoint, this.loop, context);
			this.connection = added;
			SslHandler tls = (this.completed != null) ? context.pipeline().get(SslHandler.class) : null;
			if (this.completed != null && tls != null) {
				added.secured(tls, this.completed.asksForCertificates());
			}
			added.start();
		}
		catch (Throwable ex) {
			logger.error("Connection of " + Addresses.format(SocketNames.jdk(context.channel().remoteAddress()))
					+ " to server '" + this.endpoint.settings().server() + "' is closed because of an unexpected error",
					ex);
			context.close();
		}
	}

	/**
	 * Notes that the channel is encrypted by somebody else, whose handshake is over. On
	 * the event loop, before any bytes.
	 * @param tls what encrypts it
	 */
	public void secured(SslHandler tls) {
		NettyConnection connection = this.connection;
		if (connection != null) {
			connection.secured(tls, tls.engine().getNeedClientAuth() || tls.engine().getWantClientAuth());
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.whenGone.run();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		NettyConnection connection = this.connection;
		if (connection != null && message instanceof ByteBuf bytes) {
			connection.inbox().read(bytes);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		NettyConnection connection = this.connection;
		if (connection != null) {
			connection.readComplete();
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		NettyConnection connection = this.connection;
		if (connection != null && event instanceof ChannelInputShutdownEvent) {
			if (!this.tlsClosed) {
				connection.lifecycle().completion().inputEnded(connection.isSecure());
			}
		}
		else if (connection != null && event instanceof SslCompletionEvent completion) {
			tlsCompleted(context, connection, completion);
		}
		else if (connection != null && event instanceof TlsEvent) {
			connection.lifecycle().arrival().plaintext(event == TlsEvent.PLAINTEXT);
		}
		if (connection == null || !(event instanceof SslCloseCompletionEvent)) {
			// reactor-netty would close the channel, whatever is still to be said.
			context.fireUserEventTriggered(event);
		}
	}

	private void tlsCompleted(ChannelHandlerContext context, NettyConnection connection, SslCompletionEvent event) {
		if (event instanceof SslHandshakeCompletionEvent) {
			SslHandler tls = context.pipeline().get(SslHandler.class);
			if (event.isSuccess() && tls != null) {
				TlsTermination termination = this.endpoint.tls();
				connection.secured(tls, termination != null && termination.asksForCertificates());
				connection.lifecycle().arrival().secured();
			}
			else if (!event.isSuccess()) {
				connection.lifecycle().arrival().tlsFailed(event.cause());
			}
		}
		else if (event instanceof SslCloseCompletionEvent && event.isSuccess()
				&& !connection.lifecycle().isLingering()) {
			// Once the own goodbye has been said, OpenSSL's engine takes anything for the
			// peer's.
			this.tlsClosed = true;
			connection.lifecycle().completion().inputEnded(false);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		NettyConnection connection = this.connection;
		if (connection != null) {
			connection.channelClosed();
		}
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		NettyConnection connection = this.connection;
		if (connection != null) {
			ConnectionFailures.channelFailed(connection, cause);
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

}
