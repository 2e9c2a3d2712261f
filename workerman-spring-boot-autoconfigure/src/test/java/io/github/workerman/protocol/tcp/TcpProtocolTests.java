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

package io.github.workerman.protocol.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TcpProtocolTests {

	private final TestCodecContext context = new TestCodecContext();

	private Codec codec() {
		ProtocolSettings settings = new ProtocolSettings("raw", "/", List.of(), List.of(), 8192);
		return new TcpProtocol().codecs(settings).create(this.context);
	}

	@Test
	void whenBytesComeThenTheyAreOneMessage() throws ProtocolException {
		CodecFeeder feeder = new CodecFeeder(codec());
		feeder.feed("one\ntwo".getBytes(StandardCharsets.UTF_8));
		feeder.feed(" three".getBytes(StandardCharsets.UTF_8));
		assertThat(feeder.messages()).containsExactly("one\ntwo", " three");
	}

	@Test
	void whenHandlersTakeBytesThenMessagesAreBytes() throws ProtocolException {
		this.context.withKind(MessageKind.BINARY).withMaxMessageSize(1);
		assertThat(new CodecFeeder(codec()).feed((byte) 0xC3, (byte) 0)).singleElement()
			.isEqualTo(new byte[] { (byte) 0xC3, 0 });
	}

	@Test
	void whenMessageIsSentThenNothingIsAdded() {
		ByteBuf out = Unpooled.buffer();
		codec().encode("a", out);
		codec().encode(new byte[] { 'b' }, out);
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ab");
	}

}
