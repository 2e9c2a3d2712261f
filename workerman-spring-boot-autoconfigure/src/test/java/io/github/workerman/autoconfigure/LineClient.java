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

package io.github.workerman.autoconfigure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.springframework.context.ApplicationContext;

/**
 * A peer of a text server.
 */
public final class LineClient implements Closeable {

	private final Socket socket;

	private final BufferedReader reader;

	private LineClient(Socket socket) throws IOException {
		this.socket = socket;
		this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	public static LineClient connect(int port) {
		try {
			Socket socket = new Socket();
			socket.setSoTimeout(20_000);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
			return new LineClient(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static LineClient connect(ApplicationContext context, String server) {
		return connect(portOf(context, server));
	}

	public static int portOf(ApplicationContext context, String server) {
		return context.getEnvironment().getRequiredProperty("local.workerman." + server + ".port", Integer.class);
	}

	public LineClient send(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the next line, or {@code null} at the end of the stream.
	 */
	public String receive() {
		try {
			return this.reader.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String ask(String line) {
		return send(line + "\n").receive();
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
