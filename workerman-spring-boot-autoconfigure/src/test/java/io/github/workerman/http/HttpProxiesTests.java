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

package io.github.workerman.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Connection;
import io.github.workerman.testsupport.ForeignProgram;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import static io.github.workerman.testsupport.ProxyDocument.CLIENTS;
import static io.github.workerman.testsupport.ProxyDocument.configurations;
import static io.github.workerman.testsupport.ProxyDocument.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests with the proxies of others in front of an http server, in the configurations of
 * {@code docs/behind-a-proxy.md}: only ports and files are replaced.
 */
@OnEachTransport
@Timeout(120)
class HttpProxiesTests {

	@Parameter
	TransportKind kind;

	@TempDir
	Path directory;

	@Test
	void whenHaproxyIsInFrontThenClientsAreKnown() throws Exception {
		int speaking = ForeignProgram.freePort();
		int passing = ForeignProgram.freePort();
		int multiplexing = ForeignProgram.freePort();
		try (HttpFixture web = start("servers.web.trusted-proxies=127.0.0.1");
				HttpFixture passed = start("servers.web.trusted-proxies=127.0.0.1",
						"servers.web.proxy-protocol=required");
				HttpFixture multiplexed = start("servers.web.trusted-proxies=127.0.0.1",
						"servers.web.http2.enabled=true");
				ForeignProgram proxy = ForeignProgram.haproxy(this.directory,
						last(configurations("haproxy")).replace(":8082", ":" + speaking)
							.replace(":8083", ":" + passing)
							.replace(":8085", ":" + multiplexing)
							.replace(":8092", ":" + multiplexed.port())
							.replace(":8090", ":" + web.port())
							.replace(":8091", ":" + passed.port()))) {
			proxy.awaitPort("127.0.0.1", speaking).awaitPort("127.0.0.1", passing);
			for (String address : CLIENTS) {
				assertThat(ask(address, speaking, "/")).endsWith(
						Addresses.format(new InetSocketAddress(address, 0)) + " by 127.0.0.1, http://www.example.com");
				assertThat(ask(address, multiplexing, "/")).endsWith(
						Addresses.format(new InetSocketAddress(address, 0)) + " by 127.0.0.1, http://www.example.com");
				try (Socket socket = connect(address, passing); RawSocket client = RawSocket.over(socket)) {
					client.write(request("/"));
					assertThat(new String(client.readAll())).endsWith(
							Addresses.format(socket.getLocalSocketAddress()) + " by 127.0.0.1, http://www.example.com");
				}
			}
		}
	}

	@Test
	void whenNginxIsInFrontThenItsConnectionsServeManyClients() throws Exception {
		int port = ForeignProgram.freePort();
		Path socket = this.directory.resolve("web.sock");
		// For nginx's workers, which may be those of another user.
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		try (HttpFixture web = start("servers.web.trusted-proxies=127.0.0.1");
				HttpFixture local = start("servers.web.address=unix:" + socket, "servers.web.unix.mode=rw-rw-rw-",
						"servers.web.trusted-proxies=unix:");
				ForeignProgram proxy = ForeignProgram.nginx(this.directory,
						last(configurations("nginx")).replace(":8084", ":" + port)
							.replace(":8090", ":" + web.port())
							.replace("/run/app/web.sock", socket.toString()))) {
			proxy.awaitPort("127.0.0.1", port);
			for (int i = 0; i < 3; i++) {
				for (String address : CLIENTS) {
					String client = Addresses.format(new InetSocketAddress(address, 0));
					assertThat(ask(address, port, "/")).endsWith(client + " by 127.0.0.1, http://www.example.com");
					assertThat(ask(address, port, "/local/")).endsWith(client + " by unix:, http://www.example.com");
				}
			}
			assertThat(web.server().statistics().opened()).isLessThan(6);
			assertThat(local.server().statistics().opened()).isLessThan(6);
			await().untilAsserted(() -> assertThat(local.server().statistics().in().messages()).isEqualTo(6));
		}
	}

	private HttpFixture start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "transport=" + this.kind.name();
		return HttpFixture.start(Handlers.class, all);
	}

	private static String ask(String address, int port, String path) throws IOException {
		try (RawSocket client = RawSocket.over(connect(address, port))) {
			client.write(request(path));
			return new String(client.readAll());
		}
	}

	/* The document has those for http behind those for the other protocols. */
	private static String last(List<String> configurations) {
		return configurations.get(configurations.size() - 1);
	}

	private static String request(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: www.example.com\r\nX-Forwarded-For: 203.0.113.9\r\n"
				+ "X-Forwarded-Proto: https\r\nForwarded: for=203.0.113.9\r\nConnection: close\r\n\r\n";
	}

	static class Handlers {

		@OnRequest("/")
		String where(HttpRequest request, Connection connection) {
			assertThat(connection.remoteAddress()).isEqualTo(request.remoteAddress());
			return Addresses.format(request.remoteAddress()) + " by "
					+ Addresses.format(request.peerAddress()).replaceFirst("^(127.*):\\d+$", "$1") + ", "
					+ request.scheme() + "://" + request.host();
		}

	}

}
