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

import java.nio.ByteBuffer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.SendResult;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one connection into messages and messages into bytes. All methods
 * are called on the connection's event loop, never two at a time; a codec may keep state.
 */
public interface Codec {

	/**
	 * Takes the next message out of what has been received. Bytes that are read from the
	 * buffer are consumed; bytes that are left are offered again, followed by what came
	 * meanwhile. Called again while it returns a message and bytes are left, so that each
	 * message must have consumed a byte at least, in this call or since the last message;
	 * a connection on which one has not is closed with
	 * {@link CloseReason#INTERNAL_ERROR}.
	 * @param in the received bytes; must be neither kept nor released, its bytes may be
	 * overwritten
	 * @return a message: a {@code String} is text, a {@code byte[]} is binary, any other
	 * object goes to the handlers that take its type; or a {@link CloseReason}, the
	 * peer's goodbye; or {@code null} while no message is complete
	 * @throws ProtocolException if the bytes are not valid; the connection is closed with
	 * the exception's code
	 */
	@Nullable Object decode(ByteBuf in) throws ProtocolException;

	/**
	 * Appends the bytes of a message.
	 * @param message a {@code String}, {@code byte[]} or {@link ByteBuffer}, or an object
	 * that {@link #accepts} takes; not to be changed, a buffer's position neither
	 * @param out takes the bytes; what was there before belongs to other messages
	 */
	void encode(Object message, ByteBuf out);

	/**
	 * Tells whether {@link #encode} takes an object as it is. Others become JSON text
	 * first. May be called from any thread.
	 * @param message an object to be sent
	 * @return whether it can be encoded
	 */
	default boolean accepts(Object message) {
		return message instanceof String || message instanceof byte[] || message instanceof ByteBuffer;
	}

	/**
	 * Appends the protocol's goodbye, if it has one. Called at most once; nothing is
	 * encoded after it.
	 * @param reason code and text
	 * @param out takes the bytes
	 * @return whether the peer is expected to answer with a goodbye of its own
	 */
	default boolean encodeClose(CloseReason reason, ByteBuf out) {
		return false;
	}

	/**
	 * Says what it means that the peer ended its stream, at this point of the
	 * conversation.
	 * @return the reason; by default the peer's regular goodbye
	 */
	default CloseReason endOfStream() {
		return CloseReason.NO_STATUS;
	}

	/**
	 * Returns what connections must have in common for one encoding of a broadcast
	 * message to fit them all.
	 * @return a key, compared by identity, or {@code null} (the default) if each
	 * connection needs an encoding of its own
	 */
	default @Nullable Object broadcastKey() {
		return null;
	}

	/**
	 * Lets go of what the codec holds. Called once, when the connection has closed;
	 * {@link SendResult#CLOSED} is what senders get from then on. Never called for the
	 * datagrams of a {@code udp} server, whose senders may be kept for ever.
	 */
	default void release() {
	}

}
