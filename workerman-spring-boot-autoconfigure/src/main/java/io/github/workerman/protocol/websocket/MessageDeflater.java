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

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.Payloads;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the messages to one connection (RFC 7692 section 7.2.1). Without context
 * takeover it borrows the event loop's compressor for each message and holds nothing.
 * <p>
 * The JDK's compressor always looks 32 KB back. A peer that asked for a smaller window
 * gets messages in blocks of the size of its window, and everything is forgotten after
 * each of them.
 */
final class MessageDeflater {

	/* Every flush ends with an empty block, whose last bytes are left out. */
	private static final int TAIL = 4;

	private static final byte[] NOTHING = new byte[0];

	private final ZlibPool pool;

	private final CompressionSettings settings;

	private final boolean takeover;

	private final int windowBits;

	private @Nullable Deflater own;

	private boolean released;

	MessageDeflater(ZlibPool pool, CompressionSettings settings, boolean takeover, int windowBits) {
		this.pool = pool;
		this.settings = settings;
		this.takeover = takeover;
		this.windowBits = windowBits;
	}

	/**
	 * Appends a message as a compressed frame, if that is worth it.
	 * @param opcode the opcode
	 * @param payload the message; is left as it is
	 * @param out takes the frame
	 * @return whether a frame was appended; if not, the message is to be sent as it is
	 */
	boolean encode(int opcode, ByteBuffer payload, ByteBuf out) {
		int length = payload.remaining();
		if (length == 0 || length < this.settings.threshold() || this.released) {
			return false;
		}
		return this.takeover ? encodeNext(opcode, payload.duplicate(), out)
				: encodeAlone(opcode, payload.duplicate(), out);
	}

	/* What does not get smaller than this many bytes is not worth it. */
	private boolean encodeAlone(int opcode, ByteBuffer payload, ByteBuf out) {
		byte[] compressed = Payloads.scratch(payload.remaining() + TAIL);
		Deflater deflater = this.pool.sharedDeflater(this.settings.level());
		try {
			int size = deflate(deflater, payload, compressed, payload.remaining() + TAIL);
			if (size < 0) {
				return false;
			}
			write(opcode, compressed, size, out);
			return true;
		}
		finally {
			deflater.reset();
		}
	}

	/**
	 * Compresses as long as the result has room.
	 * @return the size, or -1 if there is no room
	 */
	private int deflate(Deflater deflater, ByteBuffer payload, byte[] into, int room) {
		boolean small = this.windowBits < CompressionSettings.MAX_WINDOW_BITS;
		int block = small ? 1 << this.windowBits : Integer.MAX_VALUE;
		int end = payload.limit();
		int size = 0;
		while (payload.position() < end) {
			payload.limit(payload.position() + Math.min(block, end - payload.position()));
			deflater.setInput(payload);
			size += deflater.deflate(into, size, room - size, small ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH);
			if (size == room) {
				return -1;
			}
		}
		return size;
	}

	/* The peer's decompressor must see every message that ours has seen. */
	private boolean encodeNext(int opcode, ByteBuffer payload, ByteBuf out) {
		Deflater deflater = this.own;
		if (deflater == null) {
			deflater = this.pool.newDeflater(this.settings.level());
			this.own = deflater;
		}
		byte[] compressed = Payloads.scratch(0);
		deflater.setInput(payload);
		int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
		while (size == compressed.length) {
			compressed = Arrays.copyOf(compressed, (int) Math.min(2L * size, Integer.MAX_VALUE - 8));
			size += deflater.deflate(compressed, size, compressed.length - size, Deflater.SYNC_FLUSH);
		}
		// It would keep the message until the next one comes.
		deflater.setInput(NOTHING);
		write(opcode, compressed, size, out);
		return true;
	}

	private static void write(int opcode, byte[] compressed, int size, ByteBuf out) {
		out.ensureWritable(FrameHeader.LARGEST_SENT + size);
		FrameHeader.write(opcode | FrameHeader.COMPRESSED, size - TAIL, out);
		out.writeBytes(compressed, 0, size - TAIL);
	}

	/**
	 * Ends the compressor. What is sent afterwards is not compressed.
	 */
	void release() {
		this.released = true;
		Deflater deflater = this.own;
		if (deflater != null) {
			this.own = null;
			deflater.end();
		}
	}

}
