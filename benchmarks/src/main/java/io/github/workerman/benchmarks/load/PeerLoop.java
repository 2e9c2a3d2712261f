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

package io.github.workerman.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * The one thread with its selector: opens connections, reads, cuts into messages, writes.
 */
final class PeerLoop implements AutoCloseable {

	private static final int READ_SIZE = 256 * 1024;

	/** Loopback addresses to connect from, since each has only so many ports. */
	private static final int SOURCES = System.getProperty("os.name").startsWith("Linux") ? 64 : 1;

	/** The first few problems tell what the others are. */
	private static final int REPORT_LIMIT = 5;

	private final Selector selector = Selector.open();

	private final ByteBuffer input = ByteBuffer.allocateDirect(READ_SIZE);

	/** Room for the rest of one message and all that is read at one time. */
	private final byte[] bytes = new byte[READ_SIZE + 128 * 1024];

	private final WireFormat.Incoming incoming = new WireFormat.Incoming();

	private final LoadOptions options;

	private final InetSocketAddress server;

	private final WireFormat format;

	private final Messages messages;

	private final @Nullable TlsClient tls;

	private final Tally tally;

	private final ByteBuffer output;

	private @Nullable Scenario scenario;

	private int nextSource;

	private int reported;

	/** Connections that are under way. */
	private int opening;

	private long now = System.nanoTime();

	private long progressAt = this.now;

	PeerLoop(LoadOptions options, Tally tally) throws IOException {
		this.options = options;
		this.tally = tally;
		this.server = new InetSocketAddress(options.host(), options.port());
		this.format = WireFormat.of(options);
		this.messages = (this.format instanceof HttpWireFormat http) ? http
				: new MessageTemplate(this.format, options.size());
		this.tls = TlsClient.of(options.tls());
		int burst = Math.max(options.depth(), options.window());
		this.output = ByteBuffer.allocateDirect(Math.max(this.messages.framedLength() * burst, 4096));
	}

	void use(Scenario scenario) {
		this.scenario = scenario;
	}

	private Scenario scenario() {
		Scenario scenario = this.scenario;
		if (scenario == null) {
			throw new IllegalStateException("No scenario");
		}
		return scenario;
	}

	Messages messages() {
		return this.messages;
	}

	int opening() {
		return this.opening;
	}

	/**
	 * Returns the time when the current read batch began, or the loop turned.
	 * @return nanoseconds
	 */
	long now() {
		return this.now;
	}

	/**
	 * Notes that something moves.
	 */
	void progress() {
		this.progressAt = this.now;
	}

	/**
	 * Returns whether nothing has moved for too long.
	 * @return {@code true} after the time-out
	 */
	boolean isStuck() {
		return this.now - this.progressAt > this.options.timeout();
	}

	/**
	 * Waits for events and handles them.
	 * @param millis how long it waits at most, 0 for not at all
	 * @throws IOException if the selector is broken
	 */
	void turn(long millis) throws IOException {
		if (millis > 0) {
			this.selector.select(this::ready, millis);
		}
		else {
			this.selector.selectNow(this::ready);
		}
		this.now = System.nanoTime();
	}

	void open(Peer peer) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			if (SOURCES > 1 && this.server.getAddress().isLoopbackAddress()) {
				byte last = (byte) (1 + this.nextSource++ % SOURCES);
				channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, last }), 0));
			}
			channel.connect(this.server);
			peer.attach(channel, channel.register(this.selector, SelectionKey.OP_CONNECT, peer));
			this.opening++;
		}
		catch (IOException ex) {
			channel.close();
			this.tally.failed++;
			report(peer, ex);
		}
	}

	private void ready(SelectionKey key) {
		Peer peer = (Peer) key.attachment();
		try {
			if (key.isConnectable()) {
				connected(peer);
				return;
			}
			if (key.isWritable()) {
				peer.writeUnsent();
			}
			if (key.isReadable()) {
				read(peer);
			}
		}
		catch (IOException ex) {
			broken(peer, ex);
		}
	}

	private void connected(Peer peer) throws IOException {
		peer.finishConnect();
		if (this.tls != null) {
			peer.secure(this.tls.newLayer());
		}
		else {
			ready(peer);
		}
	}

	private void ready(Peer peer) throws IOException {
		byte[] handshake = this.format.handshake();
		if (handshake == null) {
			opened(peer);
		}
		else {
			peer.state = Peer.State.HANDSHAKE;
			peer.write(ByteBuffer.wrap(handshake));
		}
	}

	private void opened(Peer peer) throws IOException {
		peer.state = Peer.State.OPEN;
		this.opening--;
		this.tally.opened++;
		progress();
		scenario().opened(peer);
	}

	private void read(Peer peer) throws IOException {
		int end = peer.restore(this.bytes);
		int count = peer.read(this.input.clear());
		if (count < 0) {
			ended(peer);
			return;
		}
		if (peer.state == Peer.State.CONNECTING && peer.isReady()) {
			ready(peer);
		}
		if (count == 0) {
			return;
		}
		this.now = System.nanoTime();
		this.input.flip().get(this.bytes, end, count);
		end += count;
		int at = 0;
		if (peer.state == Peer.State.HANDSHAKE) {
			at = this.format.handshakeEnd(this.bytes, 0, end);
			if (at < 0) {
				peer.keep(this.bytes, 0, end);
				return;
			}
			opened(peer);
		}
		while (peer.state != Peer.State.CLOSED && this.format.next(peer, this.bytes, at, end, this.incoming)) {
			at = this.incoming.end;
			handle(peer);
		}
		if (peer.state != Peer.State.CLOSED) {
			peer.keep(this.bytes, at, end);
			scenario().readComplete(peer);
		}
	}

	private void handle(Peer peer) throws IOException {
		switch (this.incoming.kind) {
			case MESSAGE -> scenario().message(peer, this.bytes, this.incoming.payloadFrom, this.incoming.payloadTo);
			case CLOSE -> ended(peer);
			case CONTROL, PART -> progress();
		}
	}

	/**
	 * Sends messages with the next numbers.
	 * @param peer the connection
	 * @param count how many
	 * @throws IOException if the connection is broken
	 */
	void send(Peer peer, int count) throws IOException {
		this.output.clear();
		for (int i = 0; i < count; i++) {
			peer.sentAt[peer.sent % peer.sentAt.length] = this.now;
			this.messages.append(this.output, peer.sent++, peer.id);
		}
		peer.write(this.output.flip());
	}

	/**
	 * Sends a compressed message.
	 * @param peer the connection
	 * @param payload the message, compressed
	 * @throws IOException if the connection is broken
	 */
	void sendCompressed(Peer peer, byte[] payload) throws IOException {
		peer.sent++;
		peer.write(ByteBuffer.wrap(this.format.compressedFrame(payload)));
	}

	/**
	 * Closes a connection as the protocol wants it.
	 * @param peer the connection
	 * @throws IOException if the connection is broken
	 */
	void close(Peer peer) throws IOException {
		peer.state = Peer.State.CLOSING;
		byte[] close = this.format.close();
		if (close != null) {
			peer.write(ByteBuffer.wrap(close));
		}
		else {
			peer.shutdownOutput();
		}
	}

	private void ended(Peer peer) throws IOException {
		boolean expected = peer.state == Peer.State.CLOSING;
		if (!expected) {
			throw new WireFormatException("closed by the server");
		}
		peer.disconnect();
		scenario().closed(peer);
	}

	private void broken(Peer peer, IOException cause) {
		report(peer, cause);
		if (peer.state == Peer.State.CONNECTING || peer.state == Peer.State.HANDSHAKE) {
			this.opening--;
			this.tally.failed++;
		}
		else {
			this.tally.closed++;
		}
		try {
			peer.disconnect();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void report(Peer peer, IOException cause) {
		if (this.reported++ < REPORT_LIMIT) {
			System.err.println("Connection %d, %s: %s".formatted(peer.id, peer.state, cause));
		}
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			((Peer) key.attachment()).disconnect();
		}
		this.selector.close();
		if (this.tls != null) {
			this.tls.close();
		}
	}

}
