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

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A TCP peer on a blocking socket that does what it is told and nothing else, so that a
 * test can misbehave. Reads fail after 20 seconds. For one thread that reads and one that
 * writes.
 */
public class RawSocket implements AutoCloseable {

	static final int TIMEOUT_SECONDS = Integer.getInteger("test.patience", 20);

	private final Socket socket;

	private final InputStream in;

	/**
	 * Takes a socket.
	 * @param socket a connected socket
	 */
	protected RawSocket(Socket socket) {
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(TIMEOUT_SECONDS * 1000);
			this.socket = socket;
			this.in = socket.getInputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connects to a port of this machine.
	 * @param port the port
	 * @return the peer
	 */
	public static RawSocket connect(int port) {
		return new RawSocket(open(port, 0));
	}

	/**
	 * Connects to an address.
	 * @param address the address
	 * @return the peer
	 */
	public static RawSocket connect(InetSocketAddress address) {
		return new RawSocket(open(address, 0));
	}

	/**
	 * Connects with a small receive buffer, so that a peer that does not read is soon
	 * seen to be one.
	 * @param port the port
	 * @param receiveBuffer the size of the receive buffer in bytes
	 * @return the peer
	 */
	public static RawSocket connect(int port, int receiveBuffer) {
		return new RawSocket(open(port, receiveBuffer));
	}

	/**
	 * Uses a socket that is connected already, such as one with TLS.
	 * @param socket the socket
	 * @return the peer
	 */
	public static RawSocket over(Socket socket) {
		return new RawSocket(socket);
	}

	static Socket open(int port, int receiveBuffer) {
		return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), receiveBuffer);
	}

	private static Socket open(InetSocketAddress address, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(address, TIMEOUT_SECONDS * 1000);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the socket.
	 * @return the socket
	 */
	public Socket socket() {
		return this.socket;
	}

	/**
	 * Writes bytes, which blocks while the system has no room for them.
	 * @param bytes the bytes
	 * @throws UncheckedIOException if that fails
	 */
	public void write(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes text as UTF-8.
	 * @param text the text
	 */
	public void write(String text) {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads an exact number of bytes.
	 * @param length how many
	 * @return the bytes
	 * @throws UncheckedIOException if the stream ends before
	 */
	public byte[] read(int length) {
		try {
			byte[] bytes = this.in.readNBytes(length);
			if (bytes.length < length) {
				throw new EOFException("End of stream after " + bytes.length + " of " + length + " bytes: "
						+ new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1));
			}
			return bytes;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what there is, at least one byte.
	 * @param most how many bytes at most
	 * @return the bytes, none at the end of the stream
	 */
	public byte[] readSome(int most) {
		try {
			byte[] bytes = new byte[most];
			int read = this.in.read(bytes);
			return Arrays.copyOf(bytes, Math.max(read, 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads until the stream ends.
	 * @return the bytes
	 * @throws UncheckedIOException if the connection is reset instead
	 */
	public byte[] readAll() {
		try {
			return this.in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a line.
	 * @return the line as UTF-8 without the line feed and a carriage return before it
	 */
	public String readLine() {
		try {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int current = this.in.read(); current != '\n'; current = this.in.read()) {
				if (current < 0) {
					throw new EOFException("End of stream within the line '" + line + "'");
				}
				line.write(current);
			}
			String text = line.toString(StandardCharsets.UTF_8);
			return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what is left and fails unless the connection is reset.
	 */
	public void expectReset() {
		try {
			long left = this.in.transferTo(OutputStream.nullOutputStream());
			throw new AssertionError("The stream ended regularly after " + left + " bytes, it was not reset");
		}
		catch (SocketException ex) {
			if (!String.valueOf(ex.getMessage()).contains("reset")) {
				throw new AssertionError("Not a reset", ex);
			}
		}
		catch (IOException ex) {
			throw new AssertionError("Not a reset", ex);
		}
	}

	/**
	 * Ends the sending side and goes on reading.
	 */
	public void shutdownOutput() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Closes in a way that the other side sees a reset.
	 */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
