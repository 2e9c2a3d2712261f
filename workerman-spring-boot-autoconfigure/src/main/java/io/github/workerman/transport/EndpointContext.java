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
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one endpoint share.
 */
public final class EndpointContext extends PeerContext {

	private final String protocolName;

	private final Map<Long, NettyConnection> open;

	/** Accepted and not yet open. */
	private final Set<NettyConnection> arriving = ConcurrentHashMap.newKeySet();

	private final Admission admission;

	private final @Nullable TlsTermination tls;

	private final MessageKind preferredKind;

	private final boolean handshakes;

	private final boolean refusesTls;

	private final boolean refusesText;

	private final boolean refusesBinary;

	/**
	 * Creates the context.
	 * @param settings what the endpoint is to do
	 * @param protocol the protocol of its connections
	 * @param protocolSettings what the protocol needs to know
	 * @param environment what it works with
	 */
	public EndpointContext(EndpointSettings settings, Protocol protocol, ProtocolSettings protocolSettings,
			EndpointEnvironment environment) {
		super(settings, protocol.codecs(protocolSettings),
				LimitedListener.of(settings.limits(), environment.listener()), environment);
		this.protocolName = protocol.name();
		this.open = connections().open(settings.server());
		this.admission = new Admission(settings, listener());
		this.tls = environment.tls();
		this.preferredKind = settings.preferredKind();
		this.handshakes = protocol.handshakes();
		this.refusesTls = !protocol.mayBeginLikeTls();
		this.refusesText = protocol.distinguishesKinds() && !settings.kinds().contains(MessageKind.TEXT);
		this.refusesBinary = protocol.distinguishesKinds() && !settings.kinds().contains(MessageKind.BINARY);
	}

	String protocolName() {
		return this.protocolName;
	}

	Map<Long, NettyConnection> open() {
		return this.open;
	}

	Set<NettyConnection> arriving() {
		return this.arriving;
	}

	/**
	 * Says goodbye to all connections, open or arriving. From any thread, does not wait.
	 * @param reason what the peers are told
	 */
	public void drainConnections(CloseReason reason) {
		all().forEach((connection) -> connection.onLoop(() -> connection.lifecycle().completion().drain(reason)));
	}

	/**
	 * Drops all connections, open or arriving. From any thread, does not wait.
	 */
	public void dropConnections() {
		all().forEach(NettyConnection::destroy);
	}

	private List<NettyConnection> all() {
		List<NettyConnection> all = new ArrayList<>(this.arriving);
		all.addAll(this.open.values());
		return all;
	}

	/**
	 * Returns what decides who may come in.
	 * @return one for the endpoint
	 */
	public Admission admission() {
		return this.admission;
	}

	/**
	 * Returns who is at the other end of a channel.
	 * @return the address, or {@code null} if the peer of a port has gone already
	 */
	@Nullable SocketAddress peer(Channel channel) {
		return (settings().address() instanceof UnixDomainSocketAddress) ? SocketNames.jdk(channel.remoteAddress())
				: channel.remoteAddress();
	}

	/**
	 * Returns where the client of a channel comes from, as far as the header of its proxy
	 * says it.
	 * @param channel the channel
	 * @return the address, or {@code null} if the peer of a port has gone already
	 */
	public @Nullable SocketAddress client(Channel channel) {
		return channel.hasAttr(ProxyHeaderHandler.CLIENT) ? channel.attr(ProxyHeaderHandler.CLIENT).get()
				: peer(channel);
	}

	/**
	 * Tells whether a handshake or requests will say where the client comes from, whose
	 * peer is known to be a proxy.
	 * @param peer where the channel comes from, or {@code null} if that is not known
	 * @return whether they will
	 */
	public boolean isForwarded(@Nullable SocketAddress peer) {
		return this.handshakes && settings().trustedProxies().contains(peer);
	}

	/**
	 * Takes note of where a client comes from, as its handshake says, and counts it
	 * there.
	 * @return {@code false} when the peer has been turned away
	 */
	boolean admits(NettyConnection connection, SocketAddress client) {
		if (!isForwarded(connection.remoteAddress())) {
			return true;
		}
		connection.client = client;
		boolean admitted = this.admission.enter(connection.channel(), client, connection.nettyLoop().deadlines());
		if (!admitted) {
			connection.inbox().discard();
		}
		return admitted;
	}

	@Nullable TlsTermination tls() {
		return this.tls;
	}

	boolean handshakes() {
		return this.handshakes;
	}

	/**
	 * Tells whether nothing that begins like a TLS handshake can be meant for the
	 * protocol.
	 */
	boolean refusesTls() {
		return this.refusesTls;
	}

	MessageKind preferredKind() {
		return this.preferredKind;
	}

	/**
	 * Tells whether no handler takes a message of that kind, and the protocol demands
	 * that the peer be told.
	 */
	boolean refuses(Object message) {
		return (message instanceof String) ? this.refusesText : this.refusesBinary && message instanceof byte[];
	}

}
