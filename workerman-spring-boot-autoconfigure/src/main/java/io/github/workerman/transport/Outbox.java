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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.SendResult;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.transport.SharedBatch.Encoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection. Messages are encoded one behind the other into one
 * batch buffer, which is written and flushed once: when the batch of reads that caused
 * them ends, else when the turn of the loop does. On the event loop only, but for
 * {@link #offer}, {@link #force} and {@link #batchBytes}.
 */
final class Outbox {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final int BATCH_SIZE = 64 * 1024;

	private static final int FIRST_CAPACITY = 256;

	private static final int LARGEST_FIRST = 1024 * 1024;

	private static final int OVERHEAD = 16;

	/** Up to this size copying into the batch is cheaper than a write of its own. */
	private static final int COPY_SIZE = 512;

	private final NettyConnection connection;

	private final ChannelHandlerContext context;

	private final SendRoom room;

	private final TrafficCount traffic = new TrafficCount();

	private @Nullable ByteBuf batch;

	private int batchBytes;

	/** What batches came to lately: the next is made so large that it need not grow. */
	private int usualBatch = FIRST_CAPACITY;

	private boolean flushPlanned;

	private @Nullable List<CompletableFuture<SendResult>> awaitingWrite;

	Outbox(NettyConnection connection, ChannelHandlerContext context, long limit) {
		this.connection = connection;
		this.context = context;
		this.room = new SendRoom(connection, limit);
	}

	SendRoom room() {
		return this.room;
	}

	TrafficCount traffic() {
		return this.traffic;
	}

	int batchBytes() {
		return this.batchBytes;
	}

	/**
	 * Sends a message.
	 */
	SendResult send(Object message, @Nullable CompletableFuture<SendResult> written) {
		if (!this.connection.takesMessages()) {
			return SendResult.CLOSED;
		}
		this.connection.nettyLoop().catchUp(this.connection);
		if (!this.room.fits(message)) {
			this.room.refused(1);
			return SendResult.BUFFER_FULL;
		}
		append(message, written);
		return SendResult.ACCEPTED;
	}

	/**
	 * Takes a message from another thread, if there is room for it.
	 */
	SendResult offer(Object message, @Nullable CompletableFuture<SendResult> written) {
		if (!this.connection.isOpen()) {
			return SendResult.CLOSED;
		}
		long size = this.room.reserve(message);
		if (size < 0) {
			this.room.refused(1);
			return SendResult.BUFFER_FULL;
		}
		this.connection.loop().execute(new OfferedMessage(this.connection, message, size, written));
		return SendResult.ACCEPTED;
	}

	/**
	 * Sends a message that the limit does not apply to, from any thread.
	 */
	void force(Object message) {
		if (!this.connection.loop().inLoop()) {
			long size = this.room.reserveAlways(message);
			this.connection.loop().execute(new OfferedMessage(this.connection, message, size, null));
		}
		else if (this.connection.takesMessages()) {
			this.connection.nettyLoop().catchUp(this.connection);
			append(message, null);
		}
	}

	/**
	 * Sends a broadcast message that is encoded for this connection alone.
	 */
	void sendUnshared(Object message) {
		if (!this.connection.takesMessages()) {
			return;
		}
		if (!this.room.fits(message)) {
			this.room.refused(1);
			return;
		}
		try {
			append(message, null);
		}
		catch (Throwable ex) {
			logger.error("Broadcast message cannot be sent to " + this.connection, ex);
		}
	}

	/**
	 * Sends a message that room was reserved for: until it is encoded nothing else counts
	 * it.
	 */
	void appendReserved(Object message, long size, @Nullable CompletableFuture<SendResult> written) {
		try {
			this.connection.nettyLoop().catchUp(this.connection);
			encode(message);
		}
		finally {
			this.room.unreserve(size);
		}
		encoded(written);
	}

	/**
	 * Sends messages of a shared encoding. As with single messages, one for which there
	 * is no room is refused and smaller ones after it go.
	 * @param complete whether the encoding is complete, so that its buffer can be shared
	 */
	void sendShared(Encoding encoding, int from, int to, boolean complete) {
		int index = from;
		while (index < to && this.connection.takesMessages()) {
			int fitting = encoding.fitting(index, to, this.room.left());
			if (fitting == index) {
				this.room.refused(1);
				index++;
			}
			else {
				sendTogether(encoding, index, fitting, complete);
				index = fitting;
			}
		}
	}

	private void sendTogether(Encoding encoding, int from, int to, boolean complete) {
		int start = encoding.offset(from);
		int length = encoding.offset(to) - start;
		this.traffic.messages(to - from, length, encoding.largest());
		if (!complete || (this.batch != null && length <= COPY_SIZE)) {
			batch().writeBytes(encoding.bytes(), start, length);
		}
		else {
			writeBatch();
			this.traffic.bytes(length);
			this.context.write(encoding.bytes().retainedSlice(start, length), this.context.voidPromise());
		}
		appended();
		if (this.connection.endpoint().wiretap() != null) {
			encoding.messages(from, to).forEach(this.connection::sending);
		}
	}

	/**
	 * Returns where to append what is no message; it is flushed soon.
	 */
	ByteBuf control() {
		this.connection.nettyLoop().catchUp(this.connection);
		appended();
		return batch();
	}

	/**
	 * Writes and flushes what waits.
	 */
	void flush() {
		if (this.flushPlanned) {
			this.flushPlanned = false;
			writeBatch();
			this.context.flush();
			report();
		}
	}

	/**
	 * Writes and flushes what waits. What goes wrong ends this connection and leaves the
	 * others of the loop alone.
	 */
	void flushAtEndOfTurn() {
		try {
			flush();
		}
		catch (Throwable ex) {
			ConnectionFailures.channelFailed(this.connection, ex);
		}
	}

	/**
	 * Writes and flushes what waits, and calls back on the loop when it is with the
	 * operating system or lost.
	 */
	void flushThen(Runnable done) {
		writeBatch();
		ChannelPromise promise = this.context.newPromise();
		promise.addListener((future) -> done.run());
		this.context.writeAndFlush(Unpooled.EMPTY_BUFFER, promise);
		report();
	}

	/**
	 * Lets go of everything: the channel has closed.
	 */
	void closed() {
		ByteBuf waiting = this.batch;
		if (waiting != null) {
			this.batch = null;
			waiting.release();
		}
		this.batchBytes = 0;
		complete(this.awaitingWrite, SendResult.CLOSED);
		this.awaitingWrite = null;
		this.room.closed();
		report();
	}

	private void append(Object message, @Nullable CompletableFuture<SendResult> written) {
		encode(message);
		encoded(written);
	}

	private void encoded(@Nullable CompletableFuture<SendResult> written) {
		if (written != null) {
			List<CompletableFuture<SendResult>> awaiting = this.awaitingWrite;
			if (awaiting == null) {
				awaiting = new ArrayList<>(1);
				this.awaitingWrite = awaiting;
			}
			awaiting.add(written);
		}
		appended();
	}

	private void encode(Object message) {
		ByteBuf out = batch(Payloads.sizeBound(message));
		int start = out.writerIndex();
		try {
			this.connection.codec().encode(message, out);
		}
		catch (Throwable ex) {
			// Also when memory or the stack is used up: half a message must not go out.
			out.writerIndex(start);
			throw ex;
		}
		this.traffic.message(out.writerIndex() - start);
		this.connection.sending(message);
	}

	private void appended() {
		ByteBuf out = this.batch;
		if (out != null) {
			this.batchBytes = out.readableBytes();
			if (this.batchBytes >= BATCH_SIZE) {
				writeBatch();
			}
		}
		flushSoon();
	}

	private ByteBuf batch() {
		return batch(0);
	}

	/**
	 * Returns the batch.
	 * @param bound the size in bytes that the first message in it does not exceed, so
	 * that the buffer need not grow; a third of it for text beyond ASCII
	 */
	private ByteBuf batch(long bound) {
		ByteBuf out = this.batch;
		if (out == null) {
			int capacity = (bound > this.usualBatch) ? (int) Math.min(bound / 3 + OVERHEAD, LARGEST_FIRST) : 0;
			out = this.context.alloc().buffer(Math.max(capacity, this.usualBatch));
			this.batch = out;
		}
		return out;
	}

	private void writeBatch() {
		ByteBuf out = this.batch;
		if (out == null) {
			return;
		}
		this.batch = null;
		this.batchBytes = 0;
		int size = out.readableBytes();
		this.usualBatch = Math.max(Math.min(size, BATCH_SIZE), this.usualBatch - this.usualBatch / 8);
		this.traffic.bytes(size);
		List<CompletableFuture<SendResult>> awaiting = this.awaitingWrite;
		if (awaiting == null) {
			this.context.write(out, this.context.voidPromise());
			return;
		}
		this.awaitingWrite = null;
		ChannelPromise promise = this.context.newPromise();
		promise
			.addListener((future) -> complete(awaiting, future.isSuccess() ? SendResult.ACCEPTED : SendResult.CLOSED));
		this.context.write(out, promise);
	}

	private void flushSoon() {
		if (!this.flushPlanned) {
			this.flushPlanned = true;
			if (!this.connection.inbox().isReading()) {
				this.connection.nettyLoop().flushLater(this);
			}
		}
	}

	private void report() {
		if (!this.traffic.isEmpty()) {
			if (this.connection.lifecycle().wasOpened()) {
				this.connection.endpoint().listener().sent(this.connection, this.traffic);
			}
			this.traffic.next();
		}
	}

	private static void complete(@Nullable List<CompletableFuture<SendResult>> futures, SendResult result) {
		if (futures != null) {
			futures.forEach((future) -> future.complete(result));
		}
	}

}
