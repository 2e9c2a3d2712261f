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

package io.github.workerman.transport.tls;

import java.time.Duration;
import java.util.Map;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS at the front of the pipelines of one server's channels. Whoever comes behind
 * it gets Netty's {@link io.netty.handler.ssl.SslHandshakeCompletionEvent} when a
 * handshake is over, or else a {@link TlsEvent}, before any bytes. Usable from any
 * thread.
 */
public final class TlsTermination {

	/** A hello is seldom larger than two kilobytes. */
	private static final int LARGEST_HELLO = 64 * 1024;

	private final TlsIdentity identity;

	private final @Nullable Mapping<String, TlsIdentity> serverNames;

	private final boolean optional;

	private final long handshakeTimeoutMillis;

	/**
	 * Creates a termination.
	 * @param identity what peers see that ask for no name or for an unknown one
	 * @param serverNames what peers see that ask for one of these names (SNI, RFC 6066),
	 * {@code *.} for all names one level below
	 * @param optional whether peers may do without TLS
	 * @param handshakeTimeout how long a TLS handshake may take from its first byte on,
	 * zero for no limit
	 */
	public TlsTermination(TlsIdentity identity, Map<String, TlsIdentity> serverNames, boolean optional,
			Duration handshakeTimeout) {
		this.identity = identity;
		this.serverNames = serverNames.isEmpty() ? null : mapping(identity, serverNames);
		this.optional = optional;
		this.handshakeTimeoutMillis = handshakeTimeout.toMillis();
	}

	private static Mapping<String, TlsIdentity> mapping(TlsIdentity identity, Map<String, TlsIdentity> serverNames) {
		DomainWildcardMappingBuilder<TlsIdentity> builder = new DomainWildcardMappingBuilder<>(serverNames.size(),
				identity);
		serverNames.forEach(builder::add);
		return builder.build();
	}

	/**
	 * Makes the handler that one channel needs in front of everything that is to see
	 * plain bytes. It looks at the first bytes and makes room for what they ask for.
	 * @return a new handler
	 */
	public ChannelHandler newHandler() {
		return new TlsDetector(this);
	}

	/**
	 * Returns what the next handshake with a peer is to use.
	 * @param serverName the name that the peer asks for, or {@code null}
	 * @return the context, to be asked for anew each time
	 */
	public SslContext context(@Nullable String serverName) {
		Mapping<String, TlsIdentity> names = this.serverNames;
		return ((names != null && serverName != null) ? find(names, serverName) : this.identity).context();
	}

	private TlsIdentity find(Mapping<String, TlsIdentity> names, String serverName) {
		try {
			return names.map(serverName);
		}
		catch (IllegalArgumentException ex) {
			// Not a host name at all: unknown, or for the TLS engine to refuse.
			return this.identity;
		}
	}

	/**
	 * Tells whether peers may do without TLS.
	 * @return whether they may
	 */
	public boolean isOptional() {
		return this.optional;
	}

	/**
	 * Closes a channel without regard for what TLS would have to say. No effect on one
	 * that has been closed.
	 * @param channel the channel, with TLS or without
	 */
	public static void drop(Channel channel) {
		ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
		if (tls != null) {
			tls.close();
		}
		else {
			channel.close();
		}
	}

	/**
	 * Tells whether a peer that has said goodbye can still be sent something. TLS 1.2
	 * ends both directions at once, and so does OpenSSL's engine.
	 * @param channel the channel, with or without TLS; on its event loop
	 * @return whether it can
	 */
	public static boolean maySend(Channel channel) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		return tls == null || !tls.engine().isOutboundDone();
	}

	/**
	 * Tells whether peers are asked for a certificate.
	 * @return whether they are, whatever happens to those that have none
	 */
	public boolean asksForCertificates() {
		return this.identity.clientAuth() != TlsClientAuth.NONE;
	}

	ChannelHandler newTlsHandler(ByteBufAllocator allocator) {
		return (this.serverNames != null) ? new ServerNameHandler() : newTlsHandler(context(null), allocator);
	}

	private SslHandler newTlsHandler(SslContext context, ByteBufAllocator allocator) {
		// A handler that is made for OpenSSL decrypts all records that have come at once.
		SslHandler handler = (context instanceof JdkSslContext) ? new TlsHandler(context.newEngine(allocator))
				: context.newHandler(allocator);
		handler.setHandshakeTimeoutMillis(this.handshakeTimeoutMillis);
		return handler;
	}

	/**
	 * Reads which name the peer asks for.
	 */
	private final class ServerNameHandler extends SniHandler {

		private ServerNameHandler() {
			super((Mapping<String, SslContext>) TlsTermination.this::context, LARGEST_HELLO,
					TlsTermination.this.handshakeTimeoutMillis);
		}

		@Override
		protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
			return newTlsHandler(context, allocator);
		}

	}

}
