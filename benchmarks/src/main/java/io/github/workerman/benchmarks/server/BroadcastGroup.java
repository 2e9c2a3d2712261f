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

package io.github.workerman.benchmarks.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/**
 * All connections, kept by event loop: a broadcast is one task per loop, and one flush
 * per connection when the batch ends.
 */
final class BroadcastGroup {

	private final Map<EventLoop, Members> loops = new ConcurrentHashMap<>();

	void join(Channel channel) {
		this.loops.computeIfAbsent(channel.eventLoop(), (loop) -> new Members()).channels.add(channel);
	}

	void leave(Channel channel) {
		Members members = this.loops.get(channel.eventLoop());
		if (members != null) {
			members.channels.remove(channel);
		}
	}

	/**
	 * Writes a message to all connections; does not flush.
	 * @param message the encoded message, which is released
	 */
	void write(ByteBuf message) {
		this.loops.forEach((loop, members) -> {
			if (loop.inEventLoop()) {
				members.write(message);
			}
			else {
				ByteBuf shared = message.retainedDuplicate();
				loop.execute(() -> {
					members.write(shared);
					shared.release();
				});
			}
		});
		message.release();
	}

	void flush() {
		this.loops.forEach((loop, members) -> {
			if (loop.inEventLoop()) {
				members.flush();
			}
			else {
				loop.execute(members::flush);
			}
		});
	}

	/**
	 * The connections of one event loop, which alone touches them.
	 */
	private static final class Members {

		private final List<Channel> channels = new ArrayList<>();

		private boolean dirty;

		void write(ByteBuf message) {
			for (Channel channel : this.channels) {
				// From the first handler on: the bytes are complete
				channel.pipeline().firstContext().write(message.retainedDuplicate(), channel.voidPromise());
			}
			this.dirty = true;
		}

		void flush() {
			if (!this.dirty) {
				return;
			}
			this.dirty = false;
			for (Channel channel : List.copyOf(this.channels)) {
				channel.flush();
			}
		}

	}

}
