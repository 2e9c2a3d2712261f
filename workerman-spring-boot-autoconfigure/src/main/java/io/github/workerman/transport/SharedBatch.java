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

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.Payloads;
import io.netty.buffer.ByteBuf;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is broadcast to one audience within one turn of an event loop. The messages are
 * encoded once for each key that the codecs name, into one buffer of which every member
 * gets a slice: one write for a connection and turn, however many messages there are.
 * <p>
 * A member to which something else is sent meanwhile is given a copy of what there is so
 * far, so that the order of its messages holds. Slices are only made when the batch is
 * complete, for a buffer that has been handed out must not move.
 */
final class SharedBatch {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final Audience audience;

	private final List<Object> messages = new ArrayList<>(4);

	private final List<Encoding> encodings = new ArrayList<>(1);

	SharedBatch(Audience audience) {
		this.audience = audience;
	}

	boolean goesTo(Audience other) {
		return this.audience.equals(other);
	}

	void add(Object message) {
		this.messages.add(message);
	}

	/**
	 * Gives every member what it has not got yet. Nothing may be added afterwards.
	 */
	void handOver() {
		try {
			this.audience.forEach(this::slice);
		}
		finally {
			this.encodings.forEach((encoding) -> encoding.bytes.release());
		}
	}

	/**
	 * Gives one connection what there is so far, if it is a member.
	 */
	void handOverTo(NettyConnection connection) {
		if (connection.sharedBatch == this || this.audience.includes(connection)) {
			Encoding encoding = encodingFor(connection);
			int from = position(connection);
			int to = this.messages.size();
			if (from < to) {
				connection.sharedBatch = this;
				connection.sharedPosition = to;
				if (encoding == null) {
					sendEach(connection, from, to);
				}
				else {
					connection.outbox().sendShared(encoding, from, to, false);
				}
			}
		}
	}

	private void slice(ManagedConnection member) {
		NettyConnection connection = (NettyConnection) member;
		int from = position(connection);
		int to = this.messages.size();
		connection.sharedBatch = null;
		// The codec of one that has said goodbye encodes nothing any more, for others
		// neither.
		if (from < to && connection.takesMessages()) {
			Encoding encoding = encodingFor(connection);
			if (encoding == null) {
				sendEach(connection, from, to);
			}
			else {
				connection.outbox().sendShared(encoding, from, to, true);
			}
		}
	}

	private int position(NettyConnection connection) {
		return (connection.sharedBatch == this) ? connection.sharedPosition : 0;
	}

	private void sendEach(NettyConnection connection, int from, int to) {
		for (int i = from; i < to; i++) {
			connection.outbox().sendUnshared(this.messages.get(i));
		}
	}

	private @Nullable Encoding encodingFor(NettyConnection connection) {
		Object key = connection.codec().broadcastKey();
		if (key == null) {
			return null;
		}
		Encoding found = null;
		for (Encoding encoding : this.encodings) {
			if (encoding.key == key) {
				found = encoding;
			}
		}
		if (found == null) {
			found = new Encoding(key, this.messages, connection.channelAlloc().directBuffer(512));
			this.encodings.add(found);
		}
		while (found.count() < this.messages.size()) {
			found.append(connection.codec(), this.messages.get(found.count()));
		}
		return found;
	}

	/**
	 * The messages as the connections with one key get them.
	 */
	static final class Encoding {

		private final Object key;

		private final List<Object> messages;

		private final ByteBuf bytes;

		private final List<Integer> ends = new ArrayList<>(4);

		private int largest;

		Encoding(Object key, List<Object> messages, ByteBuf bytes) {
			this.key = key;
			this.messages = messages;
			this.bytes = bytes;
		}

		void append(Codec codec, Object message) {
			int start = this.bytes.writerIndex();
			try {
				codec.encode(message, this.bytes);
			}
			catch (Throwable ex) {
				logger.error("Broadcast message cannot be sent", ex);
				this.bytes.writerIndex(start);
			}
			this.ends.add(this.bytes.writerIndex());
			this.largest = Math.max(this.largest, this.bytes.writerIndex() - start);
		}

		ByteBuf bytes() {
			return this.bytes;
		}

		int count() {
			return this.ends.size();
		}

		/**
		 * Returns where the message of that index begins; the number of messages gives
		 * the end of the last.
		 */
		int offset(int index) {
			return (index == 0) ? 0 : this.ends.get(index - 1);
		}

		/**
		 * Returns up to which message there is room.
		 */
		int fitting(int from, int to, long room) {
			if (offset(to) - offset(from) <= room) {
				return to;
			}
			int fitting = to;
			while (fitting > from && sizeWithoutLastHeader(from, fitting) > room) {
				fitting--;
			}
			return fitting;
		}

		/**
		 * A message is weighed without its framing, as it is when it is sent to one
		 * connection.
		 */
		private long sizeWithoutLastHeader(int from, int to) {
			int last = Payloads.size(this.messages.get(to - 1));
			return (last < 0) ? offset(to) - offset(from) : (long) offset(to - 1) - offset(from) + last;
		}

		List<Object> messages(int from, int to) {
			return this.messages.subList(from, to);
		}

		/**
		 * Returns the size of the largest message in bytes.
		 */
		int largest() {
			return this.largest;
		}

	}

}
