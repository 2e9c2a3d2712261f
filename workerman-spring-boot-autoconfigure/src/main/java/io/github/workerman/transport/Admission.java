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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.transport.limit.AddressKey;
import io.github.workerman.transport.limit.AddressLimits;
import io.github.workerman.transport.limit.Deadlines;
import io.github.workerman.transport.limit.LimitSettings;
import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, before anything is made for a peer, and counts those who are
 * in. Usable by all event loops at once.
 */
public final class Admission {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final LimitSettings settings;

	private final String server;

	private final ConnectionListener listener;

	private final AtomicInteger channels = new AtomicInteger();

	private final @Nullable AddressLimits addresses;

	Admission(EndpointSettings endpoint, ConnectionListener listener) {
		this.settings = endpoint.limits();
		this.server = endpoint.server();
		this.listener = listener;
		this.addresses = this.settings.limitsAddresses() ? new AddressLimits(this.settings) : null;
	}

	/**
	 * Takes a channel in, which has to {@link #leave()}, or closes it.
	 * @param channel the channel
	 * @return whether it is in
	 */
	public boolean enter(Channel channel) {
		int max = this.settings.maxConnections();
		int before = this.channels.getAndUpdate((count) -> isFull(count, max) ? count : count + 1);
		if (max > 0 && before >= max) {
			this.listener.limitExceeded(Limit.CONNECTIONS);
			if (!this.settings.reportOnly()) {
				reject(channel, RejectReason.CONNECTIONS, channel.remoteAddress());
				return false;
			}
		}
		return true;
	}

	private boolean isFull(int count, int max) {
		return max > 0 && count >= max && !this.settings.reportOnly();
	}

	/**
	 * Checks where a peer comes from, or closes its channel.
	 * @param channel the channel
	 * @param client where the peer comes from, or {@code null} if that is not known
	 * @param deadlines of the event loop of the channel, on which this is called
	 * @return whether it may stay
	 */
	public boolean enter(Channel channel, @Nullable SocketAddress client, Deadlines deadlines) {
		AddressLimits limits = this.addresses;
		if (limits == null || !(client instanceof InetSocketAddress address)) {
			return true;
		}
		InetAddress host = address.getAddress();
		if (host == null) {
			return true;
		}
		AddressKey key = limits.key(host);
		RejectReason reason = limits.enter(key);
		if (reason != null) {
			this.listener.limitExceeded(
					(reason == RejectReason.CONNECT_RATE) ? Limit.CONNECT_RATE : Limit.CONNECTIONS_PER_ADDRESS);
			if (!this.settings.reportOnly()) {
				reject(channel, reason, client);
				return false;
			}
		}
		channel.closeFuture().addListener((closed) -> limits.leave(key, deadlines));
		return true;
	}

	/**
	 * Closes a channel with a reset: the system keeps nothing for a peer that may come in
	 * numbers.
	 */
	void reject(Channel channel, RejectReason reason, @Nullable SocketAddress client) {
		if (logger.isDebugEnabled()) {
			// One that has gone at once has no address any more.
			String peer = (client == null && reason == RejectReason.ABANDONED) ? "a peer"
					: Addresses.format(SocketNames.jdk(client));
			logger.debug(
					"Rejected " + peer + " at server '" + this.server + "': " + reason.name().toLowerCase(Locale.ROOT));
		}
		this.listener.rejected(reason);
		Resets.prepare(channel);
		channel.close();
	}

	/**
	 * Notes that a channel has gone.
	 */
	void leave() {
		this.channels.decrementAndGet();
	}

	/**
	 * Returns how many channels are in, those too that never become a connection.
	 */
	int count() {
		return this.channels.get();
	}

	/**
	 * Returns how many addresses are remembered.
	 */
	int addressCount() {
		AddressLimits limits = this.addresses;
		return (limits != null) ? limits.size() : 0;
	}

}
