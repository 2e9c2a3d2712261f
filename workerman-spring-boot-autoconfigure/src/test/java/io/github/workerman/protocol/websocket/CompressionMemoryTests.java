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

package io.github.workerman.protocol.websocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * When compressors and decompressors, which hold native memory, are made and ended.
 */
class CompressionMemoryTests {

	private static final CompressionSettings TAKEOVER = new CompressionSettings(true, 0, 6, true, true, 15, 15);

	private static final CompressionSettings ALONE = new CompressionSettings(true, 0, 6, false, false, 15, 15);

	private static final byte[] FRAME = WebSockets.frame(0xC1, CompressedMessagesTests.compress("Hello, hello"));

	private final CountingZlib zlib = new CountingZlib();

	@AfterEach
	void nothingIsLeft() {
		this.zlib.verify();
	}

	private WebSocketCodec open(CompressionSettings settings) {
		return WebSockets.open(new TestCodecContext(), settings, this.zlib.pool(), "permessage-deflate");
	}

	private static void talk(WebSocketCodec codec) throws ProtocolException {
		assertThat(new CodecFeeder(codec).feed(FRAME)).containsExactly("Hello, hello");
		codec.encode("hello hello hello hello hello", Unpooled.buffer());
	}

	@Test
	void whenNothingWasSentThenNothingIsMade() {
		List<WebSocketCodec> codecs = List.of(open(TAKEOVER), open(ALONE));
		assertThat(this.zlib.deflatersMade() + this.zlib.inflatersMade()).isZero();
		codecs.forEach(WebSocketCodec::release);
		assertThat(this.zlib.deflatersMade() + this.zlib.inflatersMade()).isZero();
	}

	@Test
	void whenThereIsNoTakeoverThenConnectionsShare() throws ProtocolException {
		List<WebSocketCodec> codecs = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			WebSocketCodec codec = open(ALONE);
			talk(codec);
			codecs.add(codec);
		}
		assertThat(this.zlib.deflatersMade()).isOne();
		assertThat(this.zlib.inflatersMade()).isOne();
		codecs.forEach(WebSocketCodec::release);
		assertThat(this.zlib.deflatersAlive()).isOne();
		assertThat(this.zlib.inflatersAlive()).isOne();
	}

	@Test
	void whenManyMessagesAreUnderWayThenWhatIsNotNeededAfterwardsIsEnded() throws ProtocolException {
		List<WebSocketCodec> codecs = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			WebSocketCodec codec = open(ALONE);
			new CodecFeeder(codec).feed(Arrays.copyOf(FRAME, FRAME.length - 1));
			codecs.add(codec);
		}
		assertThat(this.zlib.inflatersAlive()).isEqualTo(100);
		codecs.forEach(WebSocketCodec::release);
		assertThat(this.zlib.inflatersAlive()).isEqualTo(8);
		WebSocketCodec next = open(ALONE);
		talk(next);
		next.release();
		assertThat(this.zlib.inflatersMade()).isEqualTo(100);
	}

	@Test
	void whenThereIsTakeoverThenWhatAConnectionHoldsIsEndedOnce() throws ProtocolException {
		WebSocketCodec one = open(TAKEOVER);
		WebSocketCodec other = open(TAKEOVER);
		for (int i = 0; i < 3; i++) {
			talk(one);
			talk(other);
		}
		assertThat(this.zlib.deflatersAlive()).isEqualTo(2);
		assertThat(this.zlib.inflatersAlive()).isEqualTo(2);
		one.release();
		one.release();
		assertThat(this.zlib.deflatersAlive()).isOne();
		assertThat(this.zlib.inflatersAlive()).isOne();
		talk(other);
		other.release();
		assertThat(this.zlib.deflatersAlive()).isZero();
		assertThat(this.zlib.inflatersAlive()).isZero();
	}

	@Test
	void whenConnectionIsReleasedThenSendingAndReceivingMakeNothing() throws ProtocolException {
		for (CompressionSettings settings : List.of(TAKEOVER, ALONE)) {
			WebSocketCodec codec = open(settings);
			codec.release();
			codec.encode("hello hello hello hello", Unpooled.buffer());
			assertThat(new CodecFeeder(codec).feed(FRAME)).isEmpty();
		}
		assertThat(this.zlib.deflatersMade() + this.zlib.inflatersMade()).isZero();
	}

	@Test
	void whenPeerBreaksTheRulesThenNothingIsLeft() {
		for (CompressionSettings settings : List.of(TAKEOVER, ALONE)) {
			WebSocketCodec codec = open(settings);
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> new CodecFeeder(codec).feed(WebSockets.frame(0xC1, WebSockets.hex("07"))));
			codec.encodeClose(CloseReason.of(1007, ""), Unpooled.buffer());
			codec.release();
		}
		assertThat(this.zlib.inflatersMade()).isEqualTo(2);
	}

	@Test
	void whenDecompressorIsGivenBackAfterAnErrorThenTheNextMessageIsUnderstood() throws ProtocolException {
		WebSocketCodec broken = open(ALONE);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> new CodecFeeder(broken).feed(WebSockets.frame(0xC1, WebSockets.hex("07"))));
		broken.release();
		WebSocketCodec next = open(ALONE);
		talk(next);
		next.release();
		assertThat(this.zlib.inflatersMade()).isOne();
	}

	@Test
	void whenHandshakeIsRefusedThenNothingIsMade() throws ProtocolException {
		WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(WebSockets.settings(TAKEOVER), this.zlib::pool),
				new TestCodecContext());
		new CodecFeeder(codec).feed(WebSockets.request("Sec-WebSocket-Extensions: permessage-deflate"));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> codec.complete(HandshakeDecision.reject(403, "no"), Unpooled.buffer()));
		codec.release();
		assertThat(this.zlib.deflatersMade() + this.zlib.inflatersMade()).isZero();
	}

	@Test
	void whenThreadEndsThenItsPoolEnds() throws InterruptedException {
		List<ZlibPool> pools = new ArrayList<>();
		List<Inflater> inflaters = new ArrayList<>();
		List<Deflater> deflaters = new ArrayList<>();
		Thread thread = new FastThreadLocalThread(() -> {
			ZlibPool pool = ZlibPool.current();
			pools.addAll(List.of(pool, ZlibPool.current()));
			inflaters.add(pool.borrowInflater());
			pool.giveBack(inflaters.get(0));
			deflaters.add(pool.sharedDeflater(6));
		});
		thread.start();
		thread.join();
		assertThat(pools).hasSize(2);
		assertThat(pools.get(0)).isSameAs(pools.get(1)).isNotSameAs(ZlibPool.current());
		assertEnded(() -> inflaters.get(0).reset());
		assertEnded(() -> deflaters.get(0).reset());
	}

	/* What is thrown after the end has changed with the JDK. */
	private static void assertEnded(ThrowingCallable use) {
		assertThatThrownBy(use).isInstanceOfAny(NullPointerException.class, IllegalStateException.class);
	}

}
