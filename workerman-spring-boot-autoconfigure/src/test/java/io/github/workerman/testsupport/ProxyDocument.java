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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations in {@code docs/behind-a-proxy.md}, and clients of proxies that run
 * with them.
 */
public final class ProxyDocument {

	/** Clients that are not where the proxy is. */
	public static final List<String> CLIENTS = List.of("127.0.0.2", "::1");

	private static final Path DOCUMENT = Path.of("..", "docs", "behind-a-proxy.md");

	private ProxyDocument() {
	}

	/**
	 * Returns the configurations of a proxy.
	 * @param language how the document marks them
	 * @return the configurations as they stand there, at least one
	 * @throws IOException if there is no document
	 */
	public static List<String> configurations(String language) throws IOException {
		String document = Files.readString(DOCUMENT);
		String begin = "```" + language + "\n";
		List<String> blocks = new ArrayList<>();
		int from = document.indexOf(begin);
		while (from >= 0) {
			int end = document.indexOf("```", from + begin.length());
			blocks.add(document.substring(from + begin.length(), end));
			from = document.indexOf(begin, end);
		}
		assertThat(blocks).as(language).isNotEmpty();
		return blocks;
	}

	/**
	 * Connects to a proxy of this machine.
	 * @param address the address that the client has
	 * @param port where the proxy listens
	 * @return the connected socket
	 * @throws IOException if that is not possible
	 */
	public static Socket connect(String address, int port) throws IOException {
		boolean ipv6 = address.contains(":");
		return new Socket(InetAddress.getByName(ipv6 ? "::1" : "127.0.0.1"), port, InetAddress.getByName(address), 0);
	}

}
