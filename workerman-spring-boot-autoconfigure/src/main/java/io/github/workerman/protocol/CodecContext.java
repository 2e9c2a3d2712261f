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

import java.net.SocketAddress;
import java.security.Principal;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.MessageKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What the engine offers to a codec. On the connection's event loop only.
 */
public interface CodecContext {

	/**
	 * Returns the largest size of a received message, which codecs enforce also while
	 * they wait for the rest of it.
	 * @return the limit in bytes
	 */
	int maxMessageSize();

	/**
	 * Returns what a protocol that does not distinguish text from binary should make of a
	 * message.
	 * @return {@link MessageKind#TEXT} for a {@code String}, {@link MessageKind#BINARY}
	 * for a {@code byte[]}
	 */
	MessageKind kind();

	/**
	 * Returns where an answer of the codec's own, such as a pong, is to be appended. The
	 * answer is sent in order with the messages.
	 * @param bytes how many bytes the answer has at most
	 * @return takes the bytes, or {@code null} when so much waits to be sent that the
	 * answer must be left out
	 */
	@Nullable ByteBuf answer(int bytes);

	/**
	 * Returns the peer's address.
	 * @return the address
	 */
	SocketAddress remoteAddress();

	/**
	 * Tells whether the bytes are encrypted on their way.
	 * @return whether they are; {@code false} by default
	 */
	default boolean isSecure() {
		return false;
	}

	/**
	 * Returns who the peer is.
	 * @return the principal, or {@code null}, which is the default
	 */
	default @Nullable Principal principal() {
		return null;
	}

	/**
	 * Returns the attributes of the connection.
	 * @return the attributes
	 */
	Attributes attributes();

}
