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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Echoes lines, but does something wrong with the tenth.
 */
final class FaultyServer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FaultyServer.class);

	private static final int FAULTY_LINE = 10;

	private final Fault fault;

	private final ServerSocket listener;

	private final Thread thread;

	FaultyServer(Fault fault) throws IOException {
		this.fault = fault;
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.thread = new Thread(this::serve, "faulty-server");
		this.thread.start();
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void serve() {
		try (Socket socket = this.listener.accept();
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
				OutputStream out = socket.getOutputStream()) {
			int count = 0;
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (++count != FAULTY_LINE) {
					write(out, line);
				}
				else if (!fail(in, out, line)) {
					return;
				}
			}
		}
		catch (IOException ex) {
			logger.debug("The load generator resets its connections when it ends", ex);
		}
	}

	private boolean fail(BufferedReader in, OutputStream out, String line) throws IOException {
		switch (this.fault) {
			case NONE -> write(out, line);
			case CHANGE -> write(out, line.substring(0, 40) + "!" + line.substring(41));
			case TRUNCATE -> write(out, line.substring(0, line.length() - 1));
			case SWAP -> {
				write(out, in.readLine());
				write(out, line);
			}
			case DUPLICATE -> {
				write(out, line);
				write(out, line);
			}
			case DROP -> logger.debug("A line is dropped");
			case CLOSE -> {
				return false;
			}
		}
		return true;
	}

	private static void write(OutputStream out, String line) throws IOException {
		out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.listener.close();
		this.thread.join();
	}

	/**
	 * What can go wrong.
	 */
	enum Fault {

		NONE, CHANGE, TRUNCATE, SWAP, DUPLICATE, DROP, CLOSE

	}

}
