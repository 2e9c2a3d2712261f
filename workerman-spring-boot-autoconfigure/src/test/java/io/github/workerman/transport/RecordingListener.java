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

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;
import io.github.workerman.testsupport.RawSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps what the engine tells, does what a test asks for on top of it, and checks what
 * holds for every connection: the loop's thread, the order of events, one close.
 */
public final class RecordingListener implements ConnectionListener {

	private final Map<ManagedConnection, PeerRecord> peers = new ConcurrentHashMap<>();

	private final Queue<RejectReason> rejected = new ConcurrentLinkedQueue<>();

	private final Queue<Limit> exceeded = new ConcurrentLinkedQueue<>();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private volatile String failing = "";

	private volatile Set<ManagedConnection> spared = Set.of();

	private volatile boolean keepMessages = true;

	private volatile HandshakeAction onHandshake = (connection, handshake, decision) -> decision
		.accept(HandshakeDecision.accept());

	private volatile Consumer<ManagedConnection> onConnected = (connection) -> {
	};

	private volatile BiConsumer<ManagedConnection, Object> onMessage = (connection, message) -> {
	};

	private volatile BiConsumer<ManagedConnection, Runnable> onEnding = (connection, close) -> close.run();

	private volatile Consumer<ManagedConnection> onClosed = (connection) -> {
	};

	private volatile Consumer<ManagedConnection> onDrained = (connection) -> {
	};

	private volatile Consumer<Limit> onLimit = (limit) -> {
	};

	private volatile Consumer<ManagedConnection> onSent = (connection) -> {
	};

	// ---- what to do

	public RecordingListener echo() {
		return onMessage(ManagedConnection::send);
	}

	public RecordingListener onHandshake(HandshakeAction action) {
		this.onHandshake = action;
		return this;
	}

	public RecordingListener onConnected(Consumer<ManagedConnection> action) {
		this.onConnected = action;
		return this;
	}

	public RecordingListener onMessage(BiConsumer<ManagedConnection, Object> action) {
		this.onMessage = action;
		return this;
	}

	public RecordingListener onEnding(BiConsumer<ManagedConnection, Runnable> action) {
		this.onEnding = action;
		return this;
	}

	public RecordingListener onClosed(Consumer<ManagedConnection> action) {
		this.onClosed = action;
		return this;
	}

	public RecordingListener onDrained(Consumer<ManagedConnection> action) {
		this.onDrained = action;
		return this;
	}

	public RecordingListener onLimit(Consumer<Limit> action) {
		this.onLimit = action;
		return this;
	}

	public RecordingListener onSent(Consumer<ManagedConnection> action) {
		this.onSent = action;
		return this;
	}

	/**
	 * Has the listener throw when it is told of an event, once, by a connection that is
	 * not open yet.
	 */
	public RecordingListener failing(String event) {
		this.spared = Set.copyOf(this.peers.keySet());
		this.failing = event;
		return this;
	}

	public RecordingListener forgetMessages() {
		this.keepMessages = false;
		return this;
	}

	// ---- what happened

	/**
	 * Waits for the connection of a client.
	 */
	public PeerRecord peer(RawSocket client) {
		int port = client.socket().getLocalPort();
		Waiting.until("the connection is open", () -> find(port) != null);
		PeerRecord peer = find(port);
		assertThat(peer).isNotNull();
		return peer;
	}

	/**
	 * Returns the connection of a client, {@code null} before it is open.
	 */
	public PeerRecord find(RawSocket client) {
		return find(client.socket().getLocalPort());
	}

	private PeerRecord find(int port) {
		for (PeerRecord peer : this.peers.values()) {
			if (((InetSocketAddress) peer.connection().peerAddress()).getPort() == port) {
				return peer;
			}
		}
		return null;
	}

	/**
	 * Waits until a number of connections have been opened.
	 */
	public List<PeerRecord> peers(int count) {
		Waiting.until(count + " connections", () -> this.peers.size() >= count);
		return List.copyOf(this.peers.values());
	}

	public int opened() {
		return this.peers.size();
	}

	public long closed() {
		return this.peers.values().stream().filter((peer) -> peer.closeReason() != null).count();
	}

	public Queue<RejectReason> rejected() {
		return this.rejected;
	}

	public Queue<Limit> exceeded() {
		return this.exceeded;
	}

	/**
	 * Checks what must hold whenever all connections are closed.
	 */
	public void verify() {
		assertThat(this.violations).isEmpty();
		this.peers
			.forEach((connection, peer) -> assertThat(peer.closes()).as(connection + " " + peer.events()).isEqualTo(1));
	}

	// ---- what the engine tells

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		check(connection, "handshake", false);
		failIfAsked(connection, "handshake");
		this.onHandshake.decide(connection, handshake, decision);
	}

	@Override
	public void connected(ManagedConnection connection) {
		check(connection, "connected", false);
		PeerRecord peer = new PeerRecord(connection);
		this.peers.put(connection, peer);
		peer.event("connected");
		failIfAsked(connection, "connected");
		this.onConnected.accept(connection);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		check(connection, "message", true).message(message, this.keepMessages);
		failIfAsked(connection, "message");
		this.onMessage.accept(connection, message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		check(connection, "full", true).event("full");
		failIfAsked(connection, "full");
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		check(connection, "drained", true).event("drained");
		failIfAsked(connection, "drained");
		this.onDrained.accept(connection);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		check(connection, "failed", true).failed(error);
		failIfAsked(connection, "failed");
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		check(connection, "ending", true).event("ending");
		failIfAsked(connection, "ending");
		this.onEnding.accept(connection, close);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		check(connection, "closed", true).closed(reason);
		failIfAsked(connection, "closed");
		this.onClosed.accept(connection);
	}

	@Override
	public void rejected(RejectReason reason) {
		this.rejected.add(reason);
		failIfAsked(null, "rejected");
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.exceeded.add(limit);
		failIfAsked(null, "limit");
		this.onLimit.accept(limit);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		check(connection, "received", true).received(traffic);
		failIfAsked(connection, "received");
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		check(connection, "sent", true).sent(traffic);
		failIfAsked(connection, "sent");
		this.onSent.accept(connection);
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		PeerRecord peer = this.peers.get(connection);
		if (peer != null) {
			peer.dropped(messages);
		}
		failIfAsked(connection, "dropped");
	}

	private void failIfAsked(ManagedConnection connection, String event) {
		if (event.equals(this.failing) && (connection == null || !this.spared.contains(connection))) {
			this.failing = "";
			throw new IllegalStateException("on purpose: " + event);
		}
	}

	private PeerRecord check(ManagedConnection connection, String event, boolean afterConnected) {
		if (!connection.loop().inLoop()) {
			this.violations.add(event + " on " + Thread.currentThread().getName());
		}
		PeerRecord peer = this.peers.get(connection);
		if ((peer != null) != afterConnected) {
			this.violations.add(event + (afterConnected ? " before connected" : " after connected"));
		}
		if (peer == null) {
			return new PeerRecord(connection);
		}
		if (peer.closeReason() != null) {
			this.violations.add(event + " after closed, " + peer.events());
		}
		return peer;
	}

	/**
	 * Decides about a handshake.
	 */
	@FunctionalInterface
	public interface HandshakeAction {

		void decide(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision);

	}

}
