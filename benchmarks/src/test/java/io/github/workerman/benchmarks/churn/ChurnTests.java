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
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.connection.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.DisposableBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is left of connections that have gone, and it is noticed when something is.
 */
class ChurnTests {

	private static final int CONNECTIONS = 300;

	@ParameterizedTest
	@EnumSource(names = { "WEBSOCKET", "TEXT" })
	void whenConnectionsHaveGoneThenNothingIsLeftOfThem(Protocol protocol) throws Exception {
		ChurnReport report = churn(protocol, Churn.MemberHandler.class);
		assertThat(report.problems()).isEmpty();
		assertThat(report.measured().opened()).isGreaterThanOrEqualTo(CONNECTIONS);
		assertThat(report.table()).contains("| connections open (registry) | 0 | 0 | +0 | 0 |");
	}

	@Test
	void whenHandlerKeepsSomethingForEachConnectionThenItIsNoticed() throws Exception {
		ChurnReport report = churn(Protocol.WEBSOCKET, LeakingHandler.class);
		assertThat(report.problems()).hasSizeGreaterThanOrEqualTo(3)
			.anyMatch((problem) -> problem.startsWith("meters: "))
			.anyMatch((problem) -> problem.startsWith("heap: grown by "))
			.anyMatch((problem) -> problem.startsWith("memory of the allocators: grown by "));
	}

	@Test
	void whenEchoIsMissingThenRoundHasFailed() throws Exception {
		ChurnReport report = churn(Protocol.TEXT, WrongHandler.class);
		assertThat(report.problems()).anyMatch((problem) -> problem.startsWith("the second round has failed"));
	}

	private static ChurnReport churn(Protocol protocol, Class<?> handler) throws IOException {
		return Churn.run(ChurnOptions.parse("--protocol", protocol.id(), "--transport", "nio", "--connections",
				Integer.toString(CONNECTIONS), "--parallel", "10"), handler);
	}

	@WorkermanHandler
	static final class LeakingHandler implements DisposableBean {

		private final MeterRegistry meters;

		private final List<byte[]> arrays = new ArrayList<>();

		private final List<ByteBuf> buffers = new ArrayList<>();

		LeakingHandler(MeterRegistry meters) {
			this.meters = meters;
		}

		@OnConnect
		void connected(Connection connection) {
			this.meters.counter("leak", "connection", connection.id());
			this.arrays.add(new byte[64 * 1024]);
			this.buffers.add(ByteBufAllocator.DEFAULT.directBuffer(64 * 1024));
		}

		@OnMessage
		String echo(String message) {
			return message;
		}

		@Override
		public void destroy() {
			this.buffers.forEach(ByteBuf::release);
		}

	}

	@WorkermanHandler
	static final class WrongHandler {

		@OnMessage
		String answer(String message) {
			return "not " + message;
		}

	}

}
