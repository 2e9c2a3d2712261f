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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.HandshakeCodec;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 * Single websocket frames: reading masked ones, writing unmasked ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WebSocketCodecBenchmark {

	private static final String HANDSHAKE = """
			GET / HTTP/1.1\r
			Host: localhost\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			\r
			""";

	private static final byte[] MASK = { 0x37, (byte) 0xFA, 0x21, 0x3D };

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private final Codec codec = open();

	private final Wire ascii = new Wire(frame(TEXT, Payloads.ASCII.getBytes(StandardCharsets.UTF_8)));

	private final Wire nonAscii = new Wire(frame(TEXT, Payloads.NON_ASCII.getBytes(StandardCharsets.UTF_8)));

	private final Wire longText = new Wire(frame(TEXT, Payloads.LONG.getBytes(StandardCharsets.UTF_8)));

	private final Wire binary = new Wire(frame(BINARY, Payloads.binary()));

	private final byte[] bytes = Payloads.binary();

	private final ByteBuf out = Wire.directBuffer(32 * 1024);

	private static Codec open() {
		Codec codec = BenchmarkCodecContext.codec(new WebSocketProtocol());
		try {
			if (!(codec.decode(Unpooled.copiedBuffer(HANDSHAKE, StandardCharsets.US_ASCII)) instanceof Handshake)) {
				throw new IllegalStateException("The handshake is not complete");
			}
			((HandshakeCodec) codec).complete(HandshakeDecision.accept(), Unpooled.buffer());
		}
		catch (ProtocolException ex) {
			throw new IllegalStateException(ex);
		}
		return codec;
	}

	private static byte[] frame(int opcode, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | opcode);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else {
			frame.write(0x80 | 126);
			frame.write(payload.length >> 8);
			frame.write(payload.length);
		}
		frame.writeBytes(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.write(payload[i] ^ MASK[i % MASK.length]);
		}
		return frame.toByteArray();
	}

	private @Nullable Object decode(Wire wire) throws ProtocolException {
		return this.codec.decode(wire.receive());
	}

	private ByteBuf encode(Object message) {
		this.codec.encode(message, this.out.clear());
		return this.out;
	}

	@Benchmark
	public @Nullable Object decodeAscii64() throws ProtocolException {
		return decode(this.ascii);
	}

	@Benchmark
	public @Nullable Object decodeNonAscii64() throws ProtocolException {
		return decode(this.nonAscii);
	}

	@Benchmark
	public @Nullable Object decodeText16k() throws ProtocolException {
		return decode(this.longText);
	}

	@Benchmark
	public @Nullable Object decodeBinary125() throws ProtocolException {
		return decode(this.binary);
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

	@Benchmark
	public Object encodeBinary125() {
		return encode(this.bytes);
	}

}
