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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.HandshakeCodec;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.testsupport.RawWebSocket;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for protocols that fail at the answer to a handshake.
 */
class HandshakeDefectTests {

	private static final TransportKind KIND = TransportKind.NIO;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAnswerToTheHandshakeFailsThenPeerIsTold(boolean later) {
		this.log.expect("no answer today");
		Queue<Consumer<HandshakeDecision>> decisions = new ConcurrentLinkedQueue<>();
		RecordingListener listener = new RecordingListener().onHandshake((connection, handshake, decision) -> {
			if (later) {
				decisions.add(decision);
			}
			else {
				decision.accept(HandshakeDecision.accept());
			}
		});
		Speechless protocol = new Speechless(false);
		try (TestServer server = TestServer.of(KIND, protocol).start(listener);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(RawWebSocket.request("/"));
			if (later) {
				Waiting.until("asked", () -> !decisions.isEmpty());
				decisions.remove().accept(HandshakeDecision.accept());
			}
			assertThat(client.readResponse().status()).isEqualTo(500);
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.opened()).isZero();
			assertThat(listener.rejected()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenNotEvenARefusalCanBeSaidThenPeerIsDropped(boolean later) {
		this.log.expect("no answer today");
		RecordingListener listener = new RecordingListener().onHandshake((connection, handshake, decision) -> {
			Runnable decide = () -> decision.accept(HandshakeDecision.accept());
			if (later) {
				new Thread(decide).start();
			}
			else {
				decide.run();
			}
		});
		try (TestServer server = TestServer.of(KIND, new Speechless(true)).start(listener);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(RawWebSocket.request("/"));
			assertThat(client.readAll()).isEmpty();
			Waiting.until("counted", () -> !listener.rejected().isEmpty());
			assertThat(listener.rejected()).containsExactly(RejectReason.ABANDONED);
		}
	}

	/**
	 * The websocket protocol, but for its answer to a handshake.
	 */
	private static final class Speechless implements Protocol {

		private final WebSocketProtocol protocol = new WebSocketProtocol();

		private final boolean always;

		Speechless(boolean always) {
			this.always = always;
		}

		@Override
		public String name() {
			return "speechless";
		}

		@Override
		public boolean handshakes() {
			return true;
		}

		@Override
		public CodecFactory codecs(ProtocolSettings settings) {
			CodecFactory codecs = this.protocol.codecs(settings);
			return (context) -> {
				HandshakeCodec codec = (HandshakeCodec) codecs.create(context);
				return (HandshakeCodec) Proxy.newProxyInstance(getClass().getClassLoader(),
						new Class<?>[] { HandshakeCodec.class }, (proxy, method, arguments) -> {
							if (method.getName().equals("complete")
									&& (this.always || ((HandshakeDecision) arguments[0]).accepted())) {
								((ByteBuf) arguments[1]).writeByte('H');
								throw new IllegalStateException("no answer today");
							}
							try {
								return method.invoke(codec, arguments);
							}
							catch (InvocationTargetException ex) {
								throw ex.getCause();
							}
						});
			};
		}

	}

}
