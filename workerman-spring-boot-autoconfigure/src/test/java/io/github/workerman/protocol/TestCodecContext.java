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

package io.github.workerman.protocol;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.MessageKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What codecs are given in tests.
 */
public final class TestCodecContext implements CodecContext {

	private final Attributes attributes = new MapAttributes();

	private final ByteBuf answers = Unpooled.buffer();

	private int maxMessageSize = 10 * 1024 * 1024;

	private MessageKind kind = MessageKind.TEXT;

	private boolean answering = true;

	public TestCodecContext withMaxMessageSize(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
		return this;
	}

	public TestCodecContext withKind(MessageKind kind) {
		this.kind = kind;
		return this;
	}

	public TestCodecContext withoutAnswers() {
		this.answering = false;
		return this;
	}

	/**
	 * Returns what the codec has answered so far.
	 * @return the bytes
	 */
	public ByteBuf answers() {
		return this.answers;
	}

	@Override
	public int maxMessageSize() {
		return this.maxMessageSize;
	}

	@Override
	public MessageKind kind() {
		return this.kind;
	}

	@Override
	public @Nullable ByteBuf answer(int bytes) {
		return this.answering ? this.answers : null;
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("peer.test", 1234);
	}

	@Override
	public Attributes attributes() {
		return this.attributes;
	}

	private static final class MapAttributes implements Attributes {

		private final Map<String, Object> values = new ConcurrentHashMap<>();

		@Override
		@SuppressWarnings("unchecked")
		public <T> @Nullable T get(String name) {
			return (T) this.values.get(name);
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T> T computeIfAbsent(String name, Supplier<T> supplier) {
			return (T) this.values.computeIfAbsent(name, (key) -> supplier.get());
		}

		@Override
		public void set(String name, @Nullable Object value) {
			if (value == null) {
				this.values.remove(name);
			}
			else {
				this.values.put(name, value);
			}
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T> @Nullable T remove(String name) {
			return (T) this.values.remove(name);
		}

		@Override
		public Set<String> names() {
			return Set.copyOf(this.values.keySet());
		}

	}

}
