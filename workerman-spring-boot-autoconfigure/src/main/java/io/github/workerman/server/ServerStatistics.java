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

package io.github.workerman.server;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;
import io.github.workerman.connection.spi.Traffic;

/**
 * What has gone over all connections of a server since it was started. Exact once the
 * traffic has come to rest; readable from any thread.
 */
public final class ServerStatistics {

	private final LongAdder opened = new LongAdder();

	private final LongAdder[] closed = adders(CloseReason.Cause.values().length);

	private final LongAdder[] rejected = adders(RejectReason.values().length);

	private final LongAdder[] exceeded = adders(Limit.values().length);

	private final LongAdder[] datagrams = adders(DatagramDrop.values().length);

	private final LongAdder[] resets = adders(StreamReset.values().length);

	private final LongAdder dropped = new LongAdder();

	private final Direction in = new Direction();

	private final Direction out = new Direction();

	private static LongAdder[] adders(int length) {
		LongAdder[] adders = new LongAdder[length];
		Arrays.setAll(adders, (index) -> new LongAdder());
		return adders;
	}

	/**
	 * Returns how many connections were opened.
	 * @return the number
	 */
	public long opened() {
		return this.opened.sum();
	}

	/**
	 * Returns how many connections have closed.
	 * @param cause who or what closed them
	 * @return the number
	 */
	public long closed(CloseReason.Cause cause) {
		return this.closed[cause.ordinal()].sum();
	}

	/**
	 * Returns how many peers were turned away.
	 * @param reason why
	 * @return the number
	 */
	public long rejected(RejectReason reason) {
		return this.rejected[reason.ordinal()].sum();
	}

	/**
	 * Returns how many times peers have gone beyond a limit, whether it was enforced or
	 * not.
	 * @param limit the limit
	 * @return the number
	 */
	public long exceeded(Limit limit) {
		return this.exceeded[limit.ordinal()].sum();
	}

	/**
	 * Returns how many streams of HTTP/2 were reset because of what peers have sent.
	 * @param reason why
	 * @return the number
	 */
	public long reset(StreamReset reason) {
		return this.resets[reason.ordinal()].sum();
	}

	/**
	 * Returns how many datagrams were dropped.
	 * @param reason why
	 * @return the number
	 */
	public long dropped(DatagramDrop reason) {
		return this.datagrams[reason.ordinal()].sum();
	}

	/**
	 * Returns how many messages were refused because a send buffer was full.
	 * @return the number
	 */
	public long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Returns what was received.
	 * @return the sums, which go on growing
	 */
	public Direction in() {
		return this.in;
	}

	/**
	 * Returns what was sent.
	 * @return the sums, which go on growing
	 */
	public Direction out() {
		return this.out;
	}

	void countOpened() {
		this.opened.increment();
	}

	void countClosed(CloseReason reason) {
		this.closed[reason.cause().ordinal()].increment();
	}

	void countRejected(RejectReason reason) {
		this.rejected[reason.ordinal()].increment();
	}

	void countExceeded(Limit limit) {
		this.exceeded[limit.ordinal()].increment();
	}

	void countReset(StreamReset reason) {
		this.resets[reason.ordinal()].increment();
	}

	void countDropped(DatagramDrop reason) {
		this.datagrams[reason.ordinal()].increment();
	}

	void countDropped(int messages) {
		this.dropped.add(messages);
	}

	/**
	 * What has gone one way.
	 */
	public static final class Direction {

		private final LongAdder messages = new LongAdder();

		private final LongAdder messageBytes = new LongAdder();

		private final LongAdder bytes = new LongAdder();

		private Direction() {
		}

		/**
		 * Returns the number of messages.
		 * @return the number
		 */
		public long messages() {
			return this.messages.sum();
		}

		/**
		 * Returns the size of the messages on the wire, framing included.
		 * @return the size in bytes
		 */
		public long messageBytes() {
			return this.messageBytes.sum();
		}

		/**
		 * Returns all bytes, those of handshakes and control frames too.
		 * @return the number of bytes
		 */
		public long bytes() {
			return this.bytes.sum();
		}

		void count(Traffic traffic) {
			int count = traffic.messages();
			if (count > 0) {
				this.messages.add(count);
				this.messageBytes.add(traffic.messageBytes());
			}
			this.bytes.add(traffic.bytes());
		}

	}

}
