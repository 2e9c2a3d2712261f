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

package io.github.workerman.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A blocking client of a server of datagrams. A datagram that does not come for twenty
 * seconds is lost.
 */
public final class DatagramClient implements AutoCloseable {

	private static final int LARGEST = 65_536;

	private final DatagramSocket socket;

	/**
	 * Creates a client on the server's own address.
	 * @param server where the server listens
	 * @throws IOException if there is no such address
	 */
	public DatagramClient(InetSocketAddress server) throws IOException {
		this.socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
		this.socket.setSoTimeout(20_000);
		this.socket.connect(server);
	}

	/**
	 * Returns where answers come to.
	 * @return the port
	 */
	public int localPort() {
		return this.socket.getLocalPort();
	}

	/**
	 * Sends a text.
	 * @param text the text, sent as UTF-8
	 * @throws IOException if the system refuses it
	 */
	public void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sends a datagram.
	 * @param bytes its content
	 * @throws IOException if the system refuses it
	 */
	public void send(byte[] bytes) throws IOException {
		this.socket.send(new DatagramPacket(bytes, bytes.length));
	}

	/**
	 * Waits for a datagram.
	 * @return its content
	 * @throws IOException if the system has received a refusal
	 */
	public byte[] receiveBytes() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
		try {
			this.socket.receive(packet);
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("no datagram came", ex);
		}
		return Arrays.copyOf(packet.getData(), packet.getLength());
	}

	/**
	 * Waits for a datagram.
	 * @return its content as UTF-8
	 * @throws IOException if the system has received a refusal
	 */
	public String receive() throws IOException {
		return new String(receiveBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Sends a text and waits for the answer.
	 * @param text the text
	 * @return the answer
	 * @throws IOException if the system refuses it
	 */
	public String ask(String text) throws IOException {
		send(text);
		return receive();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
