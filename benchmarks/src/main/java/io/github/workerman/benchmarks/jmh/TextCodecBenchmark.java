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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.text.TextProtocol;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading and writing lines of text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextCodecBenchmark {

	private final Codec codec = BenchmarkCodecContext.codec(new TextProtocol());

	private final Wire ascii = new Wire((Payloads.ASCII + "\n").getBytes(StandardCharsets.UTF_8));

	private final Wire nonAscii = new Wire((Payloads.NON_ASCII + "\n").getBytes(StandardCharsets.UTF_8));

	private final Wire longText = new Wire((Payloads.LONG + "\n").getBytes(StandardCharsets.UTF_8));

	private final ByteBuf out = Wire.directBuffer(32 * 1024);

	private ByteBuf encode(Object message) {
		this.codec.encode(message, this.out.clear());
		return this.out;
	}

	@Benchmark
	public @Nullable Object decodeAscii64() throws ProtocolException {
		return this.codec.decode(this.ascii.receive());
	}

	@Benchmark
	public @Nullable Object decodeNonAscii64() throws ProtocolException {
		return this.codec.decode(this.nonAscii.receive());
	}

	@Benchmark
	public @Nullable Object decodeText16k() throws ProtocolException {
		return this.codec.decode(this.longText.receive());
	}

	@Benchmark
	public Object encodeAscii64() {
		return encode(Payloads.ASCII);
	}

	@Benchmark
	public Object encodeNonAscii64() {
		return encode(Payloads.NON_ASCII);
	}

	@Benchmark
	public Object encodeText16k() {
		return encode(Payloads.LONG);
	}

}
