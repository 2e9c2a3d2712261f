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

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.github.workerman.testsupport.RawSocket;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what a defect of a protocol costs: its connection, and nobody else anything.
 * All connections share one loop here.
 */
class CodecDefectTests {

	private static final TransportKind KIND = TransportKind.NIO;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@Test
	void whenCodecCannotEncodeThenSenderOnLoopIsTold() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, new Picky()).start(listener);
				RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			peer.onLoop(() -> {
				peer.connection().send("a");
				assertThatIllegalStateException().isThrownBy(() -> peer.connection().send("bad"));
				peer.connection().send("b");
			});
			assertThat(client.readLine()).isEqualTo("a");
			assertThat(client.readLine()).isEqualTo("b");
			assertThat(peer.connection().statistics().messagesOut()).isEqualTo(2);
		}
	}

	@Test
	void whenCodecCannotEncodeThenStageOfOtherThreadFails() {
		this.log.expect("cannot be sent");
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, new Picky()).start(listener);
				RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			peer.connection().send("a");
			var bad = peer.connection().sendAsync("bad").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS);
			peer.connection().send("b");
			assertThat(client.readLine()).isEqualTo("a");
			assertThat(client.readLine()).isEqualTo("b");
			assertThatExceptionOfType(CompletionException.class).isThrownBy(bad::join)
				.withCauseInstanceOf(IllegalStateException.class);
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
		}
	}

	@Test
	void whenCodecCannotEncodeBroadcastThenTheOtherMessagesArrive() {
		this.log.expect("cannot be sent");
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, new Picky()).start(listener);
				TestServer lines = TestServer.text(KIND).beside(server).start();
				RawSocket first = server.connect();
				RawSocket second = server.connect();
				RawSocket line = lines.connect()) {
			Members all = Members.of(listener.peer(first), listener.peer(second), lines.listener().peer(line));
			listener.peer(first).onLoop(() -> {
				all.broadcast("a");
				all.broadcast("bad");
				all.broadcast("b");
			});
			for (RawSocket client : new RawSocket[] { first, second }) {
				assertThat(client.readLine()).isEqualTo("a");
				assertThat(client.readLine()).isEqualTo("b");
			}
			assertThat(line.readLine()).isEqualTo("a");
			assertThat(line.readLine()).isEqualTo("bad");
			assertThat(line.readLine()).isEqualTo("b");
		}
	}

	@Test
	void whenCodecCannotBeMadeThenConnectionIsClosed() {
		this.log.expect("no codec today");
		Protocol protocol = new Protocol() {

			@Override
			public String name() {
				return "none";
			}

			@Override
			public CodecFactory codecs(ProtocolSettings settings) {
				return (context) -> {
					throw new IllegalStateException("no codec today");
				};
			}

		};
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, protocol).start(listener); RawSocket client = server.connect()) {
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.opened()).isZero();
		}
	}

	@Test
	void whenCodecFailsToDecodeThenConnectionIsClosed() {
		this.log.expect("unexpected error");
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, new Picky()).start(listener);
				RawSocket client = server.connect();
				RawSocket other = server.connect()) {
			client.write("undecodable\n");
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(listener.peer(client).awaitClosed().code()).isEqualTo(1011);
			other.write("fine\n");
			assertThat(listener.peer(other).awaitMessages(1)).containsExactly("fine");
		}
	}

	@Test
	void whenMemberOfBroadcastHasClosedThenItsCodecIsLeftAlone() {
		Spent protocol = new Spent();
		try (TestServer server = TestServer.of(KIND, protocol).start();
				RawSocket closed = server.connect();
				RawSocket destroyed = server.connect();
				RawSocket stays = server.connect()) {
			PeerRecord closedPeer = server.listener().peer(closed);
			PeerRecord destroyedPeer = server.listener().peer(destroyed);
			PeerRecord staysPeer = server.listener().peer(stays);
			closedPeer.onLoop(() -> {
				Members members = Members.of(closedPeer, staysPeer);
				members.broadcast("a");
				closedPeer.connection().close();
				members.broadcast("b");
			});
			assertThat(stays.readLine()).isEqualTo("a");
			assertThat(stays.readLine()).isEqualTo("b");
			assertThat(closed.readLine()).isEqualTo("a");
			assertThat(closed.readAll()).isEmpty();
			destroyedPeer.onLoop(() -> {
				Members.of(destroyedPeer, staysPeer).broadcast("c");
				destroyedPeer.connection().destroy();
			});
			assertThat(stays.readLine()).isEqualTo("c");
		}
	}

	@Test
	void whenEncodingEndsWithAnErrorThenNothingOfTheMessageIsSent() {
		this.log.expect("cannot be sent");
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.of(KIND, new Picky()).start(listener);
				RawSocket first = server.connect();
				RawSocket second = server.connect()) {
			PeerRecord peer = listener.peer(first);
			Members all = Members.of(peer, listener.peer(second));
			peer.onLoop(() -> {
				peer.connection().send("a");
				assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> peer.connection().send("endless"));
				peer.connection().send("b");
				all.broadcast("c");
				all.broadcast("endless");
				peer.connection().send("d");
				all.broadcast("e");
			});
			for (String line : new String[] { "a", "b", "c", "d", "e" }) {
				assertThat(first.readLine()).isEqualTo(line);
			}
			assertThat(second.readLine()).isEqualTo("c");
			assertThat(second.readLine()).isEqualTo("e");
			var sent = peer.connection().sendAsync("endless").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(sent::join)
				.withCauseInstanceOf(StackOverflowError.class);
			peer.connection().send("f");
			assertThat(first.readLine()).isEqualTo("f");
		}
	}

	@Test
	void whenCodecTakesMessagesOutOfNothingThenConnectionIsClosed() {
		this.log.expect("Generous takes messages out of no bytes");
		try (TestServer server = TestServer.of(KIND, new Generous()).start();
				RawSocket client = server.connect();
				RawSocket other = server.connect()) {
			client.write("a0b");
			assertThat(client.readAll()).isEmpty();
			PeerRecord peer = server.listener().peer(client);
			client.close();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			assertThat(peer.messages()).containsExactly("a");
			other.write("_a_b");
			assertThat(server.listener().peer(other).awaitMessages(2)).containsExactly("a", "b");
		}
	}

	/**
	 * Lines, but for some.
	 */
	private static final class Picky extends FramingProtocol {

		@Override
		public String name() {
			return "picky";
		}

		@Override
		protected int frameLength(ByteBuf in, CodecContext context) {
			return in.bytesBefore((byte) '\n') + 1;
		}

		@Override
		protected Object decode(ByteBuf frame, CodecContext context) throws ProtocolException {
			Object message = Payloads.read(frame, frame.readableBytes() - 1, context.kind());
			if (message.equals("undecodable")) {
				throw new IllegalStateException("undecodable");
			}
			return message;
		}

		@Override
		protected void encode(Object message, ByteBuf out) {
			out.writeCharSequence("" + message, java.nio.charset.StandardCharsets.UTF_8);
			if (message.equals("endless")) {
				throw new StackOverflowError("endless message");
			}
			if (message.equals("bad")) {
				throw new IllegalStateException("bad message");
			}
			out.writeByte('\n');
		}

	}

	/**
	 * Lines, from a codec that does nothing any more once it has said goodbye.
	 */
	private static final class Spent implements Protocol {

		@Override
		public String name() {
			return "spent";
		}

		@Override
		public CodecFactory codecs(ProtocolSettings settings) {
			Codec lines = new Picky().codecs(settings).create(new TestCodecContext());
			return (context) -> new Codec() {

				private boolean spent;

				@Override
				public Object decode(ByteBuf in) throws ProtocolException {
					return lines.decode(in);
				}

				@Override
				public void encode(Object message, ByteBuf out) {
					if (this.spent) {
						throw new IllegalStateException("spent");
					}
					lines.encode(message, out);
				}

				@Override
				public boolean encodeClose(CloseReason reason, ByteBuf out) {
					this.spent = true;
					return false;
				}

				@Override
				public Object broadcastKey() {
					return Spent.this;
				}

				@Override
				public void release() {
					this.spent = true;
				}

			};
		}

	}

	/**
	 * Letters, an underscore before one being consumed on its own. A zero is a message
	 * that nothing is consumed for.
	 */
	private static final class Generous implements Protocol, Codec {

		@Override
		public String name() {
			return "generous";
		}

		@Override
		public CodecFactory codecs(ProtocolSettings settings) {
			return (context) -> this;
		}

		@Override
		public Object decode(ByteBuf in) {
			char next = (char) in.getByte(in.readerIndex());
			if (next == '_') {
				in.skipBytes(1);
			}
			else if (next == '0') {
				return "nothing";
			}
			return String.valueOf((char) in.readByte());
		}

		@Override
		public void encode(Object message, ByteBuf out) {
			out.writeCharSequence("" + message, java.nio.charset.StandardCharsets.UTF_8);
		}

	}

}
