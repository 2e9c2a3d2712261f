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
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * One connection to the server.
 */
final class Peer {

	private static final byte[] NOTHING = new byte[0];

	final int id;

	/** Messages sent; the number of the next one. */
	int sent;

	/** Messages received; the number of the one that is expected next. */
	int received;

	/** Set by a scenario: messages to send when the read batch ends. */
	int owed;

	/** When the last messages were sent, by number modulo its length. */
	long[] sentAt = new long[1];

	/** Of an HTTP response: bytes of the body that are to come, -1 between responses. */
	int bodyLeft = -1;

	int bodyAt;

	boolean bodyRight;

	State state = State.NEW;

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	private @Nullable TlsLayer tls;

	/** What was received of an incomplete message. */
	private byte[] rest = NOTHING;

	/** What the socket did not take yet. */
	private @Nullable ByteBuffer unsent;

	Peer(int id) {
		this.id = id;
	}

	void attach(SocketChannel channel, SelectionKey key) {
		this.channel = channel;
		this.key = key;
		this.state = State.CONNECTING;
		this.rest = NOTHING;
		this.unsent = null;
		this.bodyLeft = -1;
	}

	/**
	 * Begins to speak TLS.
	 * @param layer what speaks it
	 * @throws IOException if the connection is broken
	 */
	void secure(TlsLayer layer) throws IOException {
		this.tls = layer;
		writeBytes(layer.begin());
	}

	/**
	 * Returns whether messages can be sent.
	 * @return {@code false} during the handshake of TLS
	 */
	boolean isReady() {
		return this.tls == null || this.tls.isSecure();
	}

	private SocketChannel channel() {
		SocketChannel channel = this.channel;
		if (channel == null) {
			throw new IllegalStateException("Connection %d is not open".formatted(this.id));
		}
		return channel;
	}

	private void interest(int operations) {
		if (this.key != null && this.key.interestOps() != operations) {
			this.key.interestOps(operations);
		}
	}

	void finishConnect() throws IOException {
		channel().finishConnect();
		interest(SelectionKey.OP_READ);
	}

	/**
	 * Copies the incomplete message to the start of a buffer.
	 * @param target the buffer
	 * @return the number of bytes copied
	 */
	int restore(byte[] target) {
		System.arraycopy(this.rest, 0, target, 0, this.rest.length);
		return this.rest.length;
	}

	void keep(byte[] bytes, int from, int to) {
		if (from == to) {
			this.rest = NOTHING;
			return;
		}
		this.rest = Arrays.copyOfRange(bytes, from, to);
	}

	int read(ByteBuffer target) throws IOException {
		TlsLayer layer = this.tls;
		if (layer == null) {
			return channel().read(target);
		}
		int count = layer.read(channel(), target);
		if (count >= 0) {
			ByteBuffer output = layer.output();
			if (output.hasRemaining()) {
				writeBytes(output);
			}
		}
		return count;
	}

	/**
	 * Writes as much as the socket takes and keeps the rest.
	 * @param source what is to be sent
	 * @throws IOException if the connection is broken
	 */
	void write(ByteBuffer source) throws IOException {
		writeBytes((this.tls != null) ? this.tls.encrypt(source) : source);
	}

	private void writeBytes(ByteBuffer source) throws IOException {
		ByteBuffer waiting = this.unsent;
		if (waiting == null) {
			channel().write(source);
			if (source.hasRemaining()) {
				this.unsent = ByteBuffer.allocateDirect(source.remaining()).put(source).flip();
				interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
			}
		}
		else {
			this.unsent = ByteBuffer.allocateDirect(waiting.remaining() + source.remaining())
				.put(waiting)
				.put(source)
				.flip();
		}
	}

	void writeUnsent() throws IOException {
		ByteBuffer waiting = this.unsent;
		if (waiting == null) {
			return;
		}
		channel().write(waiting);
		if (!waiting.hasRemaining()) {
			this.unsent = null;
			interest(SelectionKey.OP_READ);
		}
	}

	void shutdownOutput() throws IOException {
		channel().shutdownOutput();
	}

	void disconnect() throws IOException {
		this.state = State.CLOSED;
		channel().close();
		if (this.tls != null) {
			this.tls.release();
			this.tls = null;
		}
		this.unsent = null;
		this.rest = NOTHING;
	}

	/**
	 * How far a connection is.
	 */
	enum State {

		NEW, CONNECTING, HANDSHAKE, OPEN, CLOSING, CLOSED

	}

}
