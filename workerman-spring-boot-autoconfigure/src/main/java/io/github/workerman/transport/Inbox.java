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

import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.transport.tls.TlsHello;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a connection: collects bytes, has the codec cut messages out of
 * them and hands these on, one at a time. On the event loop only.
 */
final class Inbox {

	/** How much a TLS record has at most (RFC 8446 section 5.1). */
	private static final int TLS_RECORD = 16 * 1024;

	private static final int FIRST_REST = 64;

	private static final int LARGE_BUFFER = 64 * 1024;

	private final NettyConnection connection;

	private @Nullable ByteBuf bytes;

	/** How much of the message under way has been consumed by the codec. */
	private int consumed;

	private boolean decoding;

	/*
	 * A full record is here: the end of its last message may follow, and finds room
	 * behind it.
	 */
	private boolean postponed;

	private boolean reading;

	private boolean discarding;

	private boolean begun;

	private boolean beganLikeTls;

	private final TrafficCount traffic = new TrafficCount();

	Inbox(NettyConnection connection) {
		this.connection = connection;
	}

	/**
	 * Takes what was read, and owns it from now on.
	 */
	void read(ByteBuf in) {
		this.reading = true;
		this.traffic.bytes(in.readableBytes());
		if (this.discarding) {
			in.release();
			return;
		}
		if (!this.begun) {
			this.begun = true;
			this.beganLikeTls = TlsHello.isComplete(in);
			if (this.beganLikeTls && this.connection.endpoint().refusesTls()) {
				in.release();
				ConnectionFailures.violated(this.connection, TlsHello.violation());
				return;
			}
		}
		if (this.postponed && !fits(in)) {
			decode();
			if (this.discarding) {
				in.release();
				return;
			}
		}
		this.postponed = this.bytes == null && in.hasArray() && in.readableBytes() == TLS_RECORD;
		collect(in);
		if (!this.postponed) {
			decode();
		}
	}

	private boolean fits(ByteBuf in) {
		ByteBuf collected = this.bytes;
		return collected != null && collected.writableBytes() >= in.readableBytes();
	}

	private void collect(ByteBuf in) {
		ByteBuf collected = this.bytes;
		if (collected != null) {
			this.bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(this.connection.channelAlloc(), collected, in);
		}
		else {
			this.bytes = this.connection.nettyLoop().toHeap(in);
		}
	}

	/**
	 * Ends a batch.
	 */
	void readComplete() {
		decodePostponed();
		this.reading = false;
		report();
	}

	/**
	 * Hands on what waits for more: nothing comes any more, or not now.
	 */
	void decodePostponed() {
		if (this.postponed) {
			this.postponed = false;
			decode();
		}
	}

	/**
	 * Hands on the messages that are complete, as long as the connection wants them.
	 */
	void decode() {
		if (this.decoding) {
			return;
		}
		this.decoding = true;
		try {
			ByteBuf in = this.bytes;
			while (in != null && in.isReadable() && this.connection.wantsMessages()) {
				int start = in.readerIndex();
				Object message = this.connection.codec().decode(in);
				this.consumed += in.readerIndex() - start;
				if (message == null) {
					break;
				}
				int size = this.consumed;
				if (size == 0) {
					throw new IllegalStateException("Codec " + this.connection.codec().getClass().getName()
							+ " takes messages out of no bytes, without end");
				}
				this.consumed = 0;
				this.connection.deliver(message, size);
			}
		}
		catch (ProtocolException ex) {
			ConnectionFailures.violated(this.connection, ex);
		}
		catch (Throwable ex) {
			ConnectionFailures.broken(this.connection, ex);
		}
		finally {
			this.decoding = false;
			keepRest();
		}
	}

	/**
	 * Keeps what is not decoded yet, in a buffer of its own: the loop's is for the next
	 * connection, and a large one is not kept for little.
	 */
	private void keepRest() {
		ByteBuf in = this.bytes;
		if (in == null) {
			return;
		}
		int rest = this.discarding ? 0 : in.readableBytes();
		if (rest == 0) {
			this.bytes = null;
			release(in);
		}
		else if (this.connection.nettyLoop().isShared(in) || isMuchTooLarge(in, rest)) {
			this.bytes = this.connection.channelAlloc().directBuffer(Math.max(FIRST_REST, 2 * rest)).writeBytes(in);
			release(in);
		}
		else {
			// What is consumed must not pile up: there may never be a read that ends with
			// a message.
			in.discardSomeReadBytes();
		}
	}

	private static boolean isMuchTooLarge(ByteBuf in, int rest) {
		return in.capacity() > LARGE_BUFFER && rest < in.capacity() / 8;
	}

	private void release(ByteBuf in) {
		if (!this.connection.nettyLoop().isShared(in)) {
			in.release();
		}
	}

	/**
	 * Tells whether the peer has sent nothing so far but what looks like a TLS handshake.
	 */
	boolean beganLikeTls() {
		return this.beganLikeTls && this.traffic.totalMessages() == 0;
	}

	/**
	 * Drops what is there and what comes.
	 */
	void discard() {
		this.discarding = true;
		ByteBuf in = this.bytes;
		if (in != null && !this.decoding) {
			this.bytes = null;
			release(in);
		}
	}

	/**
	 * Tells the listener what has been read since the last report.
	 */
	void report() {
		if (!this.traffic.isEmpty()) {
			if (this.connection.lifecycle().wasOpened()) {
				this.connection.endpoint().listener().received(this.connection, this.traffic);
			}
			this.traffic.next();
		}
	}

	/**
	 * Tells whether a batch is being read, whose end flushes.
	 */
	boolean isReading() {
		return this.reading;
	}

	TrafficCount traffic() {
		return this.traffic;
	}

}
