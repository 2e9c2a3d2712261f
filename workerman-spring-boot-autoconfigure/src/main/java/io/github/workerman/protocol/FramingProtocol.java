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

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A protocol made of three functions, as in Workerman: how long is the next frame, what
 * message does a frame hold, what are the bytes of a message. The functions are called on
 * the event loops of all connections, several at a time for different connections, so
 * they must keep no state; what belongs to a connection goes to
 * {@link CodecContext#attributes()}.
 *
 * <pre class="code">
 * class JsonNl extends FramingProtocol {
 *
 * 	public String name() {
 * 		return "json-nl";
 * 	}
 *
 * 	protected int frameLength(ByteBuf in, CodecContext context) {
 * 		return in.bytesBefore((byte) '\n') + 1;
 * 	}
 *
 * 	protected Object decode(ByteBuf frame, CodecContext context) {
 * 		return Payloads.readText(frame, frame.readableBytes() - 1);
 * 	}
 *
 * 	protected void encode(Object message, ByteBuf out) {
 * 		Payloads.write(message, out);
 * 		out.writeByte('\n');
 * 	}
 *
 * }
 * </pre>
 */
public abstract class FramingProtocol implements Protocol {

	/**
	 * Tells how long the next frame is, header and all. Asked again with more bytes as
	 * long as it returns zero, and not any more when it has returned a length, until that
	 * many bytes are there.
	 * @param in the received bytes, at least one; not to be read or changed, only looked
	 * at
	 * @param context what the engine offers
	 * @return the length of the whole frame in bytes, or zero while it cannot be told
	 * @throws ProtocolException if the bytes are not valid
	 */
	protected abstract int frameLength(ByteBuf in, CodecContext context) throws ProtocolException;

	/**
	 * Makes the message of a complete frame.
	 * @param frame the bytes of the frame and nothing else; must be neither kept nor
	 * released
	 * @param context what the engine offers
	 * @return the message as for {@link Codec#decode}, or {@code null} for a frame that
	 * holds none and is dropped
	 * @throws ProtocolException if the bytes are not valid
	 */
	protected abstract @Nullable Object decode(ByteBuf frame, CodecContext context) throws ProtocolException;

	/**
	 * Appends the bytes of a message.
	 * @param message as for {@link Codec#encode}
	 * @param out takes the bytes; what was there before belongs to other messages
	 */
	protected abstract void encode(Object message, ByteBuf out);

	/**
	 * Tells whether {@link #encode} takes an object as it is. May be called from any
	 * thread.
	 * @param message an object to be sent
	 * @return whether it can be encoded, by default a {@code String}, {@code byte[]} or
	 * {@link java.nio.ByteBuffer}
	 */
	protected boolean accepts(Object message) {
		return Payloads.isPayload(message);
	}

	/**
	 * Returns how many bytes a frame may be longer than
	 * {@link CodecContext#maxMessageSize()} because it is more than its message. A frame
	 * that is longer still, whether announced or waited for, closes the connection with
	 * 1009.
	 * @return the bytes that do not count, zero unless overridden
	 */
	protected int overhead() {
		return 0;
	}

	@Override
	public final CodecFactory codecs(ProtocolSettings settings) {
		return (context) -> new FramingCodec(this, context);
	}

}
