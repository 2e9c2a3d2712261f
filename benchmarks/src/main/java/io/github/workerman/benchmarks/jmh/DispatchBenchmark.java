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

package io.github.workerman.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.Traffic;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The way of a message from the protocol's codec through listeners and handler to the
 * connection that the reply is sent to. Messages come in batches of 16, as from peers
 * that do not wait for replies, or one by one; the time is that of one message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

	private static final int BATCH = 16;

	private static final String TYPE_FIRST = """
			{"type":"say","to":"everybody","text":"0123456789abcdef"}""";

	private static final String TYPE_LAST = """
			{"to":"everybody","text":"0123456789abcdef","type":"say"}""";

	private final Dispatch text = new Dispatch(EchoHandler.class);

	private final Dispatch typed = new Dispatch(ChatHandler.class);

	private final BenchmarkConnection connection = new BenchmarkConnection(Dispatch.SERVER);

	private final Traffic batch = new Batch(BATCH);

	private final Traffic single = new Batch(1);

	private Object deliver(ConnectionListener listener, String message) {
		for (int i = 0; i < BATCH; i++) {
			listener.message(this.connection, message);
		}
		listener.received(this.connection, this.batch);
		return this.connection.takeSent();
	}

	private Object deliverOne(ConnectionListener listener, String message) {
		listener.message(this.connection, message);
		listener.received(this.connection, this.single);
		return this.connection.takeSent();
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public Object text() {
		return deliver(this.text.plain(), Payloads.ASCII);
	}

	@Benchmark
	public Object textOneByOne() {
		return deliverOne(this.text.plain(), Payloads.ASCII);
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public Object textWithMetrics() {
		return deliver(this.text.measured(), Payloads.ASCII);
	}

	@Benchmark
	public Object textOneByOneWithMetrics() {
		return deliverOne(this.text.measured(), Payloads.ASCII);
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public Object jsonTypeFirst() {
		return deliver(this.typed.plain(), TYPE_FIRST);
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public Object jsonTypeLast() {
		return deliver(this.typed.plain(), TYPE_LAST);
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public Object jsonTypeFirstWithMetrics() {
		return deliver(this.typed.measured(), TYPE_FIRST);
	}

	/**
	 * Stops the applications.
	 */
	@TearDown
	public void close() {
		this.text.close();
		this.typed.close();
	}

	@WorkermanHandler
	static final class EchoHandler {

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

	@WorkermanHandler
	static final class ChatHandler {

		@OnMessage("login")
		String login(Login login) {
			return login.name();
		}

		@OnMessage("say")
		String say(Say say) {
			return say.text();
		}

	}

	record Login(String name) {

	}

	record Say(String to, String text) {

	}

	/**
	 * A read batch of messages of 64 bytes.
	 *
	 * @param messages how many
	 */
	private record Batch(int messages) implements Traffic {

		@Override
		public long messageBytes() {
			return 64L * this.messages;
		}

		@Override
		public int largestMessage() {
			return 64;
		}

		@Override
		public long bytes() {
			return messageBytes();
		}

	}

}
