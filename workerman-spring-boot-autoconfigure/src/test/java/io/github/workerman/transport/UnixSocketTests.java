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

package io.github.workerman.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.EndpointBindException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of servers on Unix domain sockets.
 */
@OnEachTransport
class UnixSocketTests extends TransportFixture {

	@TempDir
	Path directory;

	private Path path() {
		return this.directory.resolve("server.sock");
	}

	private TestServer.Builder text() {
		return TestServer.text(this.kind).address(UnixDomainSocketAddress.of(path()));
	}

	@Test
	void whenClientTalksThenIsAnswered() throws IOException {
		try (TestServer server = text().start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThat(client.ask("hello\n", 6)).isEqualTo("hello\n");
			String large = "x".repeat(300_000) + "\n";
			assertThat(client.ask(large, large.length())).isEqualTo(large);
			PeerRecord peer = server.listener().peers(1).get(0);
			assertThat(peer.connection().remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
			assertThat(peer.connection().localAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
			assertThat(peer.connection().toString()).endsWith(" unix:");
			client.channel.shutdownOutput();
			assertThat(client.in().read()).isNegative();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		}
	}

	@Test
	void whenServerEndsConnectionsThenClientSeesTheEnd() throws IOException {
		try (TestServer server = text().start();
				Client closed = new Client(path());
				Client destroyed = new Client(path())) {
			server.listener().peers(2).get(0).connection().close();
			server.listener().peers(2).get(1).connection().destroy();
			assertThat(closed.in().read()).isNegative();
			assertThat(destroyed.in().read()).isNegative();
		}
	}

	@Test
	void whenWebSocketIsSpokenThenItUpgrades() throws IOException {
		try (TestServer server = TestServer.websocket(this.kind)
			.address(UnixDomainSocketAddress.of(path()))
			.start(new RecordingListener().echo()); Client client = new Client(path())) {
			String request = "GET / HTTP/1.1\r\nHost: chat\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
			assertThat(client.ask(request, 12)).isEqualTo("HTTP/1.1 101");
		}
	}

	@Test
	void whenPeersAreTrustedThenTheirProxyHeaderCounts() throws IOException {
		try (TestServer server = text().proxyProtocol(ProxyProtocol.REQUIRED, "unix:")
			.start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThat(client.ask("PROXY TCP4 203.0.113.7 192.0.2.1 4711 80\r\nhello\n", 6)).isEqualTo("hello\n");
			PeerRecord peer = server.listener().peers(1).get(0);
			assertThat(peer.connection().remoteAddress()).isEqualTo(new InetSocketAddress("203.0.113.7", 4711));
			assertThat(peer.connection().peerAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
		}
	}

	@Test
	void whenPeersAreNotTrustedThenTheirProxyHeaderDoesNotCount() throws IOException {
		String lines = "PROXY TCP4 203.0.113.7 192.0.2.1 4711 80\r\nhello\n";
		try (TestServer server = text().proxyProtocol(ProxyProtocol.REQUIRED, "127.0.0.1").start();
				Client client = new Client(path())) {
			assertThat(client.in().read()).isNegative();
			assertThat(server.listener().rejected()).containsExactly(RejectReason.PROXY_UNTRUSTED);
		}
		try (TestServer server = text().proxyProtocol(ProxyProtocol.OPTIONAL, "127.0.0.1")
			.start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThat(client.ask(lines, lines.length() - 1)).isEqualTo(lines.replace("\r", ""));
		}
	}

	@Test
	void whenModeIsSetThenFileHasIt() throws IOException {
		try (TestServer server = text().unixMode("rw-rw----").start()) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rw-rw----");
		}
	}

	@Test
	void whenServerStopsThenFileIsGone() throws IOException {
		try (TestServer server = text().start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThat(client.ask("hello\n", 6)).isEqualTo("hello\n");
			server.endpoint().unbind();
			assertThat(path()).doesNotExist();
			assertThat(client.ask("still\n", 6)).isEqualTo("still\n");
			server.endpoint().bind();
			try (Client other = new Client(path())) {
				assertThat(other.ask("again\n", 6)).isEqualTo("again\n");
			}
		}
		assertThat(path()).doesNotExist();
	}

	@Test
	void whenFileIsAnothersByNowThenItStays() throws IOException {
		try (TestServer server = text().start()) {
			Files.delete(path());
			try (TestServer other = text().start(new RecordingListener().echo())) {
				server.endpoint().unbind();
				server.endpoint().close();
				try (Client client = new Client(path())) {
					assertThat(client.ask("hello\n", 6)).isEqualTo("hello\n");
				}
				try (Stream<Path> files = Files.list(this.directory)) {
					assertThat(files).containsExactly(path());
				}
			}
		}
		assertThat(path()).doesNotExist();
	}

	@Test
	void whenNobodyListensOnTheFileThenItIsReplaced() throws IOException {
		try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			stale.bind(UnixDomainSocketAddress.of(path()));
		}
		assertThat(Files.exists(path(), LinkOption.NOFOLLOW_LINKS)).isTrue();
		try (TestServer server = text().start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThat(client.ask("hello\n", 6)).isEqualTo("hello\n");
		}
	}

	@Test
	void whenAnotherServerListensThenStartFails() throws IOException {
		try (TestServer server = text().start(new RecordingListener().echo()); Client client = new Client(path())) {
			assertThatExceptionOfType(EndpointBindException.class).isThrownBy(() -> text().beside(server).start())
				.withMessageContaining("cannot listen on unix:" + path() + ": ")
				.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(Problem.IN_USE));
			assertThat(client.ask("hello\n", 6)).isEqualTo("hello\n");
			assertThat(path()).exists();
		}
	}

	@Test
	void whenAFileIsInPlaceThenItIsKept() throws IOException {
		Files.writeString(path(), "precious");
		try (EventLoops loops = EventLoops.create(this.kind, 1, "test")) {
			fails(Problem.NOT_A_SOCKET);
			assertThat(path()).hasContent("precious");
			Path target = this.directory.resolve("target");
			Files.move(path(), target);
			Files.createSymbolicLink(path(), target);
			fails(Problem.NOT_A_SOCKET);
			assertThat(path()).hasContent("precious");
			Files.delete(path());
			Files.createDirectory(path());
			fails(Problem.NOT_A_SOCKET);
			assertThat(path()).isDirectory();
		}
	}

	@Test
	void whenDirectoryIsMissingThenStartFails() {
		assertThatExceptionOfType(EndpointBindException.class)
			.isThrownBy(() -> TestServer.text(this.kind)
				.address(UnixDomainSocketAddress.of(this.directory.resolve("no/server.sock")))
				.start())
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(Problem.OTHER));
	}

	private void fails(Problem problem) {
		assertThatExceptionOfType(EndpointBindException.class).isThrownBy(() -> text().start())
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem));
	}

	/**
	 * A blocking client.
	 */
	private static final class Client implements AutoCloseable {

		private final SocketChannel channel;

		Client(Path path) throws IOException {
			this.channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
		}

		String ask(String text, int length) throws IOException {
			Thread writer = new Thread(() -> {
				try {
					this.channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			writer.start();
			return new String(in().readNBytes(length), StandardCharsets.UTF_8);
		}

		InputStream in() {
			return Channels.newInputStream(this.channel);
		}

		@Override
		public void close() throws IOException {
			this.channel.close();
		}

	}

}
