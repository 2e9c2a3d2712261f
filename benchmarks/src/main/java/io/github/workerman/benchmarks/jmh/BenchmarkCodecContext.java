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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a codec is given that has no connection.
 */
final class BenchmarkCodecContext implements CodecContext {

	private static final ProtocolSettings SETTINGS = new ProtocolSettings("benchmark", "/", List.of(), List.of("*"),
			8192);

	private final Attributes attributes = new BenchmarkAttributes();

	static Codec codec(Protocol protocol) {
		return protocol.codecs(SETTINGS).create(new BenchmarkCodecContext());
	}

	@Override
	public int maxMessageSize() {
		return 10 * 1024 * 1024;
	}

	@Override
	public MessageKind kind() {
		return MessageKind.TEXT;
	}

	@Override
	public @Nullable ByteBuf answer(int bytes) {
		return null;
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("localhost", 1);
	}

	@Override
	public Attributes attributes() {
		return this.attributes;
	}

}
