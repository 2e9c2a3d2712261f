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

package io.github.workerman.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

import io.github.workerman.transport.tls.TestTls;

/**
 * A client over TLS 1.3 that can say goodbye and go on listening, with its socket open in
 * both directions.
 */
final class PartingPeer implements AutoCloseable {

	private final Socket socket;

	private final SSLEngine engine;

	private final ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	PartingPeer(TestTls tls, int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(20_000);
		this.engine = tls.certificates().clientContext(null).createSSLEngine("localhost", port);
		this.engine.setUseClientMode(true);
		this.engine.beginHandshake();
		while (this.engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> this.engine.getDelegatedTask().run();
				case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
				default -> unwrap();
			}
		}
	}

	private void wrap(ByteBuffer bytes) throws IOException {
		ByteBuffer record = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize());
		this.engine.wrap(bytes, record);
		this.socket.getOutputStream().write(record.array(), 0, record.position());
	}

	/**
	 * Takes the next record.
	 * @return whether there may be another one
	 */
	private boolean unwrap() throws IOException {
		ByteBuffer plain = ByteBuffer.allocate(this.engine.getSession().getApplicationBufferSize());
		Status status = this.engine.unwrap(this.in, plain).getStatus();
		this.received.write(plain.array(), 0, plain.position());
		if (status != Status.BUFFER_UNDERFLOW) {
			return status != Status.CLOSED;
		}
		InputStream input = this.socket.getInputStream();
		this.in.compact();
		int count = input.read(this.in.array(), this.in.position(), this.in.remaining());
		this.in.position(this.in.position() + Math.max(count, 0)).flip();
		return count >= 0;
	}

	void write(String text) throws IOException {
		wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	void sayGoodbye() throws IOException {
		this.engine.closeOutbound();
		wrap(ByteBuffer.allocate(0));
	}

	/**
	 * Reads until the server says goodbye, too.
	 */
	String readAll() throws IOException {
		boolean more = true;
		while (more) {
			more = unwrap();
		}
		return this.received.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
