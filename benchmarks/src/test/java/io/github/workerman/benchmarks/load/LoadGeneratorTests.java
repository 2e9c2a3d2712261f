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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.workerman.benchmarks.Compression;
import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.Tls;
import io.github.workerman.benchmarks.server.Framing;
import io.github.workerman.benchmarks.server.Handlers;
import io.github.workerman.benchmarks.server.Mode;
import io.github.workerman.benchmarks.server.RawReactorNettyServer;
import io.github.workerman.benchmarks.server.RunningServer;
import io.github.workerman.benchmarks.server.ServerOptions;
import io.github.workerman.benchmarks.server.Transport;
import io.github.workerman.benchmarks.server.TunedNettyServer;
import io.github.workerman.benchmarks.server.WebFluxServer;
import io.github.workerman.benchmarks.server.WorkermanServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The servers do what the comparison asks of them, and the load generator notices when
 * one does not.
 */
class LoadGeneratorTests {

	private static final Function<ServerOptions, RunningServer> RAW = RawReactorNettyServer::start;

	private static final Function<ServerOptions, RunningServer> TUNED = TunedNettyServer::start;

	private static final Function<ServerOptions, RunningServer> WORKERMAN = WorkermanServer::start;

	private static final Function<ServerOptions, RunningServer> WEBFLUX = WebFluxServer::start;

	static Stream<Arguments> serversAndProtocols() {
		List<Arguments> all = new ArrayList<>();
		for (Protocol protocol : EnumSet.complementOf(EnumSet.of(Protocol.HTTP))) {
			all.add(Arguments.argumentSet("raw " + protocol, RAW, protocol));
			all.add(Arguments.argumentSet("workerman " + protocol, WORKERMAN, protocol));
			all.add(Arguments.argumentSet("tuned " + protocol, TUNED, protocol));
		}
		all.add(Arguments.argumentSet("webflux", WEBFLUX, Protocol.WEBSOCKET));
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("serversAndProtocols")
	void whenServerEchoesThenAllMessagesComeBackInOrder(Function<ServerOptions, RunningServer> starter,
			Protocol protocol) throws IOException {
		try (RunningServer server = starter.apply(options(protocol, Mode.ECHO, Transport.NIO, 1))) {
			assertGood(run(server, protocol, LoadMode.ECHO, "--connections", "5", "--depth", "16", "--size", "64"));
			assertGood(run(server, protocol, LoadMode.ECHO, "--connections", "3", "--depth", "2", "--size", "16384"));
		}
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "TEXT", "FRAME" })
	void whenFramingIsStrippedThenItComesBack(Protocol protocol) throws IOException {
		ServerOptions options = new ServerOptions(protocol, Mode.ECHO, 0, Transport.NIO, 1, Framing.STRIP);
		try (RunningServer server = RAW.apply(options)) {
			assertGood(run(server, protocol, LoadMode.ECHO, "--connections", "5", "--depth", "16"));
		}
	}

	@ParameterizedTest
	@MethodSource("serversAndProtocols")
	void whenServerBroadcastsThenAllConnectionsGetAllMessages(Function<ServerOptions, RunningServer> starter,
			Protocol protocol) throws IOException {
		try (RunningServer server = starter.apply(options(protocol, Mode.BROADCAST, Transport.NIO, 2))) {
			assertGood(run(server, protocol, LoadMode.BROADCAST, "--connections", "20", "--window", "16"));
		}
	}

	@ParameterizedTest
	@MethodSource("serversAndProtocols")
	void whenConnectionsComeAndGoThenEachGetsItsEcho(Function<ServerOptions, RunningServer> starter, Protocol protocol)
			throws IOException {
		try (RunningServer server = starter.apply(options(protocol, Mode.ECHO, Transport.NIO, 1))) {
			LoadResult result = run(server, protocol, LoadMode.CONNECT, "--connections", "4", "--cycles", "50",
					"--duration", "60");
			assertGood(result);
			assertThat(result.opened()).isBetween(50L, 54L);
		}
	}

	static Stream<Arguments> httpServers() {
		return Stream.of(Arguments.argumentSet("raw", RAW), Arguments.argumentSet("workerman", WORKERMAN),
				Arguments.argumentSet("webflux", WEBFLUX));
	}

	@ParameterizedTest
	@MethodSource("httpServers")
	void whenPageIsAskedForThenAllResponsesComeInOrder(Function<ServerOptions, RunningServer> starter)
			throws IOException {
		try (RunningServer server = starter.apply(options(Protocol.HTTP, Mode.ECHO, Transport.NIO, 1))) {
			assertGood(run(server, Protocol.HTTP, LoadMode.ECHO, "--connections", "5"));
			assertGood(run(server, Protocol.HTTP, LoadMode.ECHO, "--connections", "5", "--depth", "4"));
		}
	}

	static Stream<Arguments> fileServers() {
		// reactor-netty may stop halfway when requests for files are pipelined.
		return Stream.of(Transport.values())
			.filter(Transport::isAvailable)
			.flatMap((transport) -> Stream.of(Arguments.argumentSet("raw " + transport, RAW, transport, 1),
					Arguments.argumentSet("workerman " + transport, WORKERMAN, transport, 3)));
	}

	@ParameterizedTest
	@MethodSource("fileServers")
	void whenPageAndFilesAreAskedForInTurnThenAllComeWholeAndInOrder(Function<ServerOptions, RunningServer> starter,
			Transport transport, int depth) throws IOException {
		try (RunningServer server = starter.apply(options(Protocol.HTTP, Mode.ECHO, transport, 1))) {
			assertGood(run(server, Protocol.HTTP, LoadMode.ECHO, "--connections", "3", "--depth",
					Integer.toString(depth), "--path", String.join(",", Pages.filePath(1024), Pages.HELLO_PATH,
							Pages.filePath(64 * 1024), Pages.filePath(10 * 1024 * 1024))));
		}
	}

	static Stream<Arguments> secureServers() {
		return Stream.of(RAW, WORKERMAN)
			.flatMap((starter) -> Stream.of(Protocol.WEBSOCKET, Protocol.TEXT, Protocol.FRAME)
				.map((protocol) -> Arguments.of(starter, protocol)));
	}

	@ParameterizedTest
	@MethodSource("secureServers")
	void whenServerSpeaksTlsThenLoadDoesToo(Function<ServerOptions, RunningServer> starter, Protocol protocol)
			throws IOException {
		try (RunningServer server = starter.apply(new ServerOptions(protocol, Transport.NIO, Tls.best()))) {
			for (Tls tls : EnumSet.of(Tls.JDK, Tls.best())) {
				assertGood(run(server, protocol, LoadMode.ECHO, "--tls", tls.name(), "--connections", "5", "--depth",
						"16"));
				assertGood(run(server, protocol, LoadMode.ECHO, "--tls", tls.name(), "--connections", "3", "--size",
						"16384"));
			}
			assertThat(run(server, protocol, LoadMode.ECHO, "--connections", "1", "--timeout", "1").ok()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void whenTransportIsChosenThenAllServersUseIt(Transport transport) throws IOException {
		assumeThat(transport.isAvailable()).as("%s is available on this machine", transport).isTrue();
		for (Function<ServerOptions, RunningServer> starter : List.of(RAW, TUNED, WORKERMAN)) {
			try (RunningServer server = starter.apply(options(Protocol.WEBSOCKET, Mode.ECHO, transport, 1))) {
				assertGood(run(server, Protocol.WEBSOCKET, LoadMode.ECHO));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Handlers.class)
	void whenHandlersRunElsewhereThenMessagesComeBackInOrder(Handlers handlers) throws IOException {
		assumeThat(handlers != Handlers.VIRTUAL || Runtime.version().feature() >= 21)
			.as("%s handlers have the Java version they need", handlers)
			.isTrue();
		ServerOptions options = new ServerOptions(Protocol.WEBSOCKET, Mode.ECHO, 0, Transport.NIO, 1, Framing.KEEP,
				handlers);
		try (RunningServer server = WORKERMAN.apply(options)) {
			assertGood(run(server, Protocol.WEBSOCKET, LoadMode.ECHO, "--connections", "5", "--depth", "16"));
		}
	}

	@Test
	void whenServerIsGoodThenFaultyServerWithoutFaultIsToo() throws Exception {
		try (FaultyServer server = new FaultyServer(FaultyServer.Fault.NONE)) {
			assertGood(run(server.port(), Protocol.TEXT, LoadMode.ECHO, "--connections", "1"));
		}
	}

	@Test
	void whenMessageIsChangedThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.CHANGE);
		assertThat(result.ok()).isFalse();
		assertThat(result.corrupt()).isEqualTo(1);
	}

	@Test
	void whenMessageIsTruncatedThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.TRUNCATE);
		assertThat(result.ok()).isFalse();
		assertThat(result.corrupt()).isEqualTo(1);
	}

	@Test
	void whenMessagesAreSwappedThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.SWAP);
		assertThat(result.ok()).isFalse();
		assertThat(result.corrupt()).isEqualTo(2);
	}

	@Test
	void whenMessageIsLostThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.DROP);
		assertThat(result.ok()).isFalse();
		assertThat(result.lost()).isEqualTo(1);
	}

	@Test
	void whenMessageComesTwiceThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.DUPLICATE);
		assertThat(result.ok()).isFalse();
		assertThat(result.corrupt() + result.unexpected()).isPositive();
	}

	@Test
	void whenServerClosesThenItIsNoticed() throws Exception {
		LoadResult result = runAgainst(FaultyServer.Fault.CLOSE);
		assertThat(result.ok()).isFalse();
		assertThat(result.closed()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(value = Compression.class, names = { "ON", "TAKEOVER" })
	void whenIdleConnectionsCompressThenEachHasGotAnEcho(Compression compression) throws IOException {
		ServerOptions options = ServerOptions
			.parse(new String[] { "--transport", "nio", "--compression", compression.name() });
		try (RunningServer server = WORKERMAN.apply(options)) {
			assertIdle(run(server, Protocol.WEBSOCKET, LoadMode.IDLE, idle("--compression", "on")), true);
		}
	}

	@Test
	void whenServerDoesNotCompressThenIdleConnectionsFail() throws IOException {
		try (RunningServer server = WORKERMAN.apply(options(Protocol.WEBSOCKET, Mode.ECHO, Transport.NIO, 1))) {
			assertIdle(run(server, Protocol.WEBSOCKET, LoadMode.IDLE, idle("--compression", "on", "--timeout", "1")),
					false);
		}
	}

	private static String[] idle(String... more) {
		List<String> args = new ArrayList<>(List.of("--connections", "5", "--size", "1000", "--hold", "0", "--pid",
				Long.toString(ProcessHandle.current().pid())));
		args.addAll(List.of(more));
		return args.toArray(String[]::new);
	}

	private static void assertIdle(LoadResult result, boolean ok) {
		assertThat(result.ok()).as(result.toString()).isEqualTo(ok);
	}

	@Test
	void whenNobodyListensThenItIsNoticed() throws Exception {
		FaultyServer server = new FaultyServer(FaultyServer.Fault.NONE);
		server.close();
		LoadResult result = run(server.port(), Protocol.TEXT, LoadMode.ECHO);
		assertThat(result.ok()).isFalse();
		assertThat(result.failed()).isPositive();
	}

	private static LoadResult runAgainst(FaultyServer.Fault fault) throws Exception {
		try (FaultyServer server = new FaultyServer(fault)) {
			return run(server.port(), Protocol.TEXT, LoadMode.ECHO, "--connections", "1", "--depth", "4", "--timeout",
					"1");
		}
	}

	private static ServerOptions options(Protocol protocol, Mode mode, Transport transport, int threads) {
		return new ServerOptions(protocol, mode, 0, transport, threads);
	}

	private static LoadResult run(RunningServer server, Protocol protocol, LoadMode mode, String... more)
			throws IOException {
		return run(server.port(), protocol, mode, more);
	}

	private static LoadResult run(int port, Protocol protocol, LoadMode mode, String... more) throws IOException {
		List<String> args = new ArrayList<>(List.of("--mode", mode.id(), "--protocol", protocol.id(), "--port",
				Integer.toString(port), "--warmup", "0", "--duration", "0.2"));
		args.addAll(List.of(more));
		return LoadGenerator.run(LoadOptions.parse(args.toArray(String[]::new)));
	}

	private static void assertGood(LoadResult result) {
		assertThat(result.ok()).as(result.toString()).isTrue();
		assertThat(result.count()).isPositive();
		assertThat(result.rate()).isPositive();
	}

}
