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

package io.github.workerman.benchmarks.churn;

import java.io.IOException;
import java.util.List;

import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.benchmarks.load.LoadGenerator;
import io.github.workerman.benchmarks.load.LoadMode;
import io.github.workerman.benchmarks.load.LoadOptions;
import io.github.workerman.benchmarks.load.LoadResult;
import io.github.workerman.benchmarks.server.Mode;
import io.github.workerman.benchmarks.server.ServerOptions;
import io.github.workerman.benchmarks.server.WorkermanServer;
import io.github.workerman.connection.Connection;
import io.github.workerman.gateway.Gateway;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets many connections come, handshake, send one message, get it back and go, each as a
 * user of its own and in two groups, and shows what is left of them. There are two
 * rounds; what the first one leaves behind are classes, compiled code and caches, so that
 * the second one must leave nothing. Server and load generator share the JVM; the load
 * generator has gone when the server is looked at, and uses no memory of Netty's. The
 * exit status is 0 if all is as it was, else 1.
 */
public final class Churn {

	private Churn() {
	}

	/**
	 * Runs both rounds and prints what is left.
	 * @param args see the README
	 * @throws IOException if the network is not usable
	 */
	public static void main(String[] args) throws IOException {
		ChurnReport report = run(ChurnOptions.parse(args), MemberHandler.class);
		System.out.println(report.table());
		List<String> problems = report.problems();
		problems.forEach((problem) -> System.out.println("FAILED " + problem));
		System.exit(problems.isEmpty() ? 0 : 1);
	}

	/**
	 * Runs both rounds.
	 * @param options what to do
	 * @param handlers the handlers, one of which returns what is sent
	 * @return what was seen
	 * @throws IOException if the network is not usable
	 */
	static ChurnReport run(ChurnOptions options, Class<?>... handlers) throws IOException {
		ServerOptions server = new ServerOptions(options.protocol(), Mode.ECHO, 0, options.transport(), 1);
		try (ConfigurableApplicationContext context = WorkermanServer.startApplication(server, handlers)) {
			ServerProbe probe = new ServerProbe(context);
			int port = WorkermanServer.portOf(context);
			LoadResult warmup = load(options, port);
			Snapshot before = probe.take();
			LoadResult measured = load(options, port);
			Snapshot after = probe.take();
			return new ChurnReport(options, before, after, warmup, measured);
		}
	}

	private static LoadResult load(ChurnOptions options, int port) throws IOException {
		return LoadGenerator
			.run(LoadOptions.parse("--mode", LoadMode.CONNECT.id(), "--protocol", options.protocol().id(), "--port",
					Integer.toString(port), "--connections", Integer.toString(options.parallel()), "--cycles",
					Integer.toString(options.connections()), "--warmup", "0", "--duration", "86400"));
	}

	@WorkermanHandler(WorkermanServer.NAME)
	static final class MemberHandler {

		private final Gateway gateway;

		MemberHandler(Gateway gateway) {
			this.gateway = gateway;
		}

		@OnConnect
		void connected(Connection connection) {
			this.gateway.bindUser(connection, "user-" + connection.id());
			this.gateway.join(connection, "everybody");
			this.gateway.join(connection, "room-" + connection.id());
		}

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

}
