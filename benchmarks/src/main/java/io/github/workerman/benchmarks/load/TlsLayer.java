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
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import io.netty.util.ReferenceCountUtil;

/**
 * TLS between a connection and its socket.
 */
final class TlsLayer {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private static final int READ_SIZE = 192 * 1024;

	/** A record and what TLS adds to it. */
	private static final int RECORD_SIZE = 18 * 1024;

	private final SSLEngine engine;

	private final Buffers buffers;

	/** What has come of an incomplete record. */
	private byte[] rest = {};

	TlsLayer(SSLEngine engine, Buffers buffers) throws SSLException {
		this.engine = engine;
		this.buffers = buffers;
		engine.beginHandshake();
	}

	/**
	 * Returns whether the handshake is over.
	 * @return whether application data may be sent
	 */
	boolean isSecure() {
		return this.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
	}

	/**
	 * Begins the handshake.
	 * @return what is to be sent, valid until the next call of any method of any layer
	 * @throws SSLException if it cannot begin
	 */
	ByteBuffer begin() throws SSLException {
		this.buffers.out.clear();
		goOn(NOTHING, NOTHING);
		return output();
	}

	/**
	 * Returns what {@link #read} has made the handshake want to send.
	 * @return what is to be sent, often nothing
	 */
	ByteBuffer output() {
		return this.buffers.out.flip();
	}

	private void goOn(ByteBuffer in, ByteBuffer target) throws SSLException {
		boolean more = true;
		while (more) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> runTasks();
				case NEED_WRAP -> wrap(NOTHING);
				default -> more = in.hasRemaining() && unwrap(in, target);
			}
		}
	}

	private void runTasks() {
		Runnable task = this.engine.getDelegatedTask();
		while (task != null) {
			task.run();
			task = this.engine.getDelegatedTask();
		}
	}

	/**
	 * Encrypts.
	 * @param source the bytes, used up
	 * @return encrypted bytes, valid until the next call of any method of any layer
	 * @throws SSLException if they cannot be encrypted
	 */
	ByteBuffer encrypt(ByteBuffer source) throws SSLException {
		this.buffers.out.clear();
		while (source.hasRemaining() && !this.engine.isOutboundDone()) {
			wrap(source);
		}
		return this.buffers.out.flip();
	}

	private void wrap(ByteBuffer source) throws SSLException {
		ByteBuffer out = this.buffers.room(RECORD_SIZE);
		SSLEngineResult result = this.engine.wrap(source, out);
		if (result.getStatus() != Status.OK && result.getStatus() != Status.CLOSED) {
			throw new SSLException("Cannot encrypt: %s".formatted(result));
		}
	}

	/**
	 * Reads and decrypts what has come. There may be {@linkplain #output() something to
	 * send} then.
	 * @param channel where to read
	 * @param target where decrypted bytes go
	 * @return their number, -1 if the server has closed
	 * @throws IOException if the connection is broken
	 */
	int read(SocketChannel channel, ByteBuffer target) throws IOException {
		ByteBuffer in = this.buffers.in.clear().put(this.rest);
		if (channel.read(in) < 0) {
			return -1;
		}
		in.flip();
		int before = target.position();
		this.buffers.out.clear();
		goOn(in, target);
		this.rest = new byte[in.remaining()];
		in.get(this.rest);
		return target.position() - before;
	}

	private boolean unwrap(ByteBuffer in, ByteBuffer target) throws SSLException {
		SSLEngineResult result = this.engine.unwrap(in, target);
		if (result.getStatus() == Status.BUFFER_OVERFLOW) {
			throw new SSLException("Cannot decrypt: %s".formatted(result));
		}
		return result.getStatus() == Status.OK && result.bytesConsumed() + result.bytesProduced() > 0;
	}

	/**
	 * Gives up what the engine holds.
	 */
	void release() {
		ReferenceCountUtil.release(this.engine);
	}

	/**
	 * The buffers that all layers of one thread share.
	 */
	static final class Buffers {

		private final ByteBuffer in = ByteBuffer.allocateDirect(READ_SIZE);

		private ByteBuffer out = ByteBuffer.allocateDirect(4 * RECORD_SIZE);

		private ByteBuffer room(int size) {
			if (this.out.remaining() < size) {
				this.out = ByteBuffer.allocateDirect(2 * this.out.capacity()).put(this.out.flip());
			}
			return this.out;
		}

	}

}
