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

import java.net.SocketAddress;
import java.security.Principal;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.transport.tls.TlsPeer;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is tied to: its channel, who is at the other end, and the TLS
 * between.
 */
abstract class ChannelConnection extends AbstractConnection implements CodecContext {

	private final ChannelHandlerContext context;

	/** What a proxy says of where the client comes from. */
	volatile @Nullable SocketAddress client;

	private volatile @Nullable Principal principal;

	private volatile @Nullable SslHandler tls;

	ChannelConnection(ChannelHandlerContext context, NettyLoop loop, long number) {
		super(loop, number);
		this.context = context;
		// Both are remembered by the channel from now on, also when it has closed.
		Channel channel = context.channel();
		channel.remoteAddress();
		channel.localAddress();
		this.client = channel.hasAttr(ProxyHeaderHandler.CLIENT) ? channel.attr(ProxyHeaderHandler.CLIENT).get() : null;
	}

	@Override
	public final SocketAddress remoteAddress() {
		SocketAddress client = this.client;
		return (client != null) ? client : peerAddress();
	}

	@Override
	public final SocketAddress peerAddress() {
		return SocketNames.jdk(this.context.channel().remoteAddress());
	}

	@Override
	public final SocketAddress localAddress() {
		return SocketNames.jdk(this.context.channel().localAddress());
	}

	@Override
	public final @Nullable Principal principal() {
		return this.principal;
	}

	void principal(@Nullable Principal principal) {
		this.principal = principal;
	}

	@Override
	public final boolean isSecure() {
		return this.tls != null;
	}

	Channel channel() {
		return this.context.channel();
	}

	ByteBufAllocator channelAlloc() {
		return this.context.alloc();
	}

	// ---- TLS, on the loop

	/**
	 * Notes that the TLS handshake is complete.
	 * @param asked whether the peer was asked for a certificate
	 */
	void secured(SslHandler tls, boolean asked) {
		this.tls = tls;
		if (asked) {
			this.principal = TlsPeer.principal(tls.engine().getSession());
		}
	}

	/**
	 * Ends what is sent, so that the peer sees a regular end and can still send.
	 */
	void shutdownOutput(DuplexChannel channel) {
		SslHandler tls = this.tls;
		if (tls == null) {
			channel.shutdownOutput();
		}
		else {
			tls.closeOutbound().addListener((sent) -> {
				if (channel.isActive()) {
					channel.shutdownOutput();
				}
			});
		}
	}

	/**
	 * Closes the channel without regard for what TLS would have to say.
	 */
	void dropChannel() {
		TlsTermination.drop(channel());
	}

}
