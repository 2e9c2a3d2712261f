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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.workerman.connection.RejectReason;
import io.netty.channel.Channel;

/**
 * Has proxies say where their clients come from, as the server demands, before anything
 * is made for these. Usable by all event loops at once.
 */
public final class ProxyGate {

	private static final String HANDLER = "workerman.proxy";

	private final EndpointContext endpoint;

	private final EventLoops loops;

	private final String before;

	private final boolean autoRead;

	private final Consumer<Channel> establish;

	private final Runnable gone;

	/** Those whose proxy has not said yet where the client comes from. */
	private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a gate.
	 * @param endpoint what is shared by the connections
	 * @param loops the event loops of the channels
	 * @param before the name of the handler in front of which headers are read
	 * @param autoRead whether the channels read by themselves, else somebody has to ask
	 * @param establish goes on with a channel of whose client is known where it comes
	 * from
	 * @param gone called for each channel that is turned away
	 */
	public ProxyGate(EndpointContext endpoint, EventLoops loops, String before, boolean autoRead,
			Consumer<Channel> establish, Runnable gone) {
		this.endpoint = endpoint;
		this.loops = loops;
		this.before = before;
		this.autoRead = autoRead;
		this.establish = establish;
		this.gone = gone;
	}

	/**
	 * Decides about a channel, at once or when its first bytes have come. On its event
	 * loop.
	 * @param channel the channel, which has been counted
	 */
	public void enter(Channel channel) {
		EndpointSettings settings = this.endpoint.settings();
		if (settings.proxyProtocol() == ProxyProtocol.OFF) {
			this.establish.accept(channel);
			return;
		}
		SocketAddress peer = this.endpoint.peer(channel);
		if (peer == null) {
			reject(channel, RejectReason.ABANDONED);
		}
		else if (settings.trustedProxies().contains(peer)) {
			this.arriving.add(channel);
			channel.pipeline()
				.addBefore(this.before, HANDLER, new ProxyHeaderHandler(this.endpoint,
						this.loops.of(channel.eventLoop()).deadlines(), this.autoRead, new ProxyOutcome(channel)));
		}
		else if (settings.proxyProtocol() == ProxyProtocol.OPTIONAL) {
			// Whatever it says is data.
			this.establish.accept(channel);
		}
		else {
			reject(channel, RejectReason.PROXY_UNTRUSTED);
		}
	}

	private void reject(Channel channel, RejectReason reason) {
		this.endpoint.admission().reject(channel, reason, this.endpoint.peer(channel));
		this.gone.run();
	}

	/**
	 * Closes the channels about which nothing is decided yet.
	 */
	public void close() {
		this.arriving.forEach(Channel::close);
	}

	/**
	 * Goes on with a channel after the header of its proxy.
	 */
	private final class ProxyOutcome implements ProxyHeaderHandler.Outcome {

		private final Channel channel;

		private ProxyOutcome(Channel channel) {
			this.channel = channel;
		}

		@Override
		public void pass() {
			ProxyGate.this.arriving.remove(this.channel);
			ProxyGate.this.establish.accept(this.channel);
		}

		@Override
		public void fail() {
			ProxyGate.this.arriving.remove(this.channel);
			ProxyGate.this.gone.run();
		}

	}

}
