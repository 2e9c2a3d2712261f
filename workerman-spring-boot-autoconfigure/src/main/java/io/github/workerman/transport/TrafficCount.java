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

import io.github.workerman.connection.spi.Traffic;

/**
 * Counts one direction of a connection: the batch under way and all before it. Written by
 * the event loop; the totals are read by other threads, which may see a value a bit old.
 */
public final class TrafficCount implements Traffic {

	private int messages;

	private int largest;

	private long messageBytes;

	private long bytes;

	private long totalMessages;

	private long totalBytes;

	/**
	 * Counts a message.
	 * @param size its size in bytes
	 */
	public void message(int size) {
		this.messages++;
		this.messageBytes += size;
		this.largest = Math.max(this.largest, size);
	}

	void messages(int count, int size, int largest) {
		this.messages += count;
		this.messageBytes += size;
		this.largest = Math.max(this.largest, largest);
	}

	/**
	 * Counts bytes on the wire.
	 * @param count how many
	 */
	public void bytes(int count) {
		this.bytes += count;
	}

	/**
	 * Tells whether nothing has been counted in this batch.
	 * @return whether it is so
	 */
	public boolean isEmpty() {
		return this.bytes == 0 && this.messages == 0;
	}

	/**
	 * Ends the batch: what has been counted goes to the totals.
	 */
	public void next() {
		this.totalMessages += this.messages;
		this.totalBytes += this.bytes;
		this.messages = 0;
		this.largest = 0;
		this.messageBytes = 0;
		this.bytes = 0;
	}

	/**
	 * Returns how many messages have been counted in all.
	 * @return the number, a bit old on other threads
	 */
	public long totalMessages() {
		return this.totalMessages + this.messages;
	}

	/**
	 * Returns how many bytes have been counted in all.
	 * @return the number, a bit old on other threads
	 */
	public long totalBytes() {
		return this.totalBytes + this.bytes;
	}

	@Override
	public int messages() {
		return this.messages;
	}

	@Override
	public long messageBytes() {
		return this.messageBytes;
	}

	@Override
	public int largestMessage() {
		return this.largest;
	}

	@Override
	public long bytes() {
		return this.bytes;
	}

}
