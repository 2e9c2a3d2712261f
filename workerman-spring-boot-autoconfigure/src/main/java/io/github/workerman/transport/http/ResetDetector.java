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

package io.github.workerman.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.limit.Deadlines;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;

/**
 * Asks the kernel every ten seconds whether the peer of a channel has reset it. Netty
 * 4.2.17 does not notice a reset that comes together with bytes where a channel of
 * io_uring has receive buffers of its own, as those of a web server have.
 */
final class ResetDetector extends Deadlines.Deadline {

	private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

	/* To write none of it sends nothing, but fails where anything would. */
	private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);

	private final Channel channel;

	private final Deadlines deadlines;

	private ResetDetector(Channel channel, Deadlines deadlines) {
		this.channel = channel;
		this.deadlines = deadlines;
	}

	/**
	 * Begins to watch a channel if that is necessary. On its event loop.
	 * @return what ends it, when the channel is gone
	 */
	static Runnable watch(Channel channel, Deadlines deadlines) {
		if (TransportKind.of(channel.getClass()) != TransportKind.IO_URING) {
			return () -> {
			};
		}
		ResetDetector detector = new ResetDetector(channel, deadlines);
		deadlines.add(detector, INTERVAL_NANOS);
		return () -> deadlines.remove(detector);
	}

	@Override
	protected void expired() {
		if (!this.channel.isOpen() || ((DuplexChannel) this.channel).isOutputShutdown()) {
			// What has been closed on this side must not be written to, and has a time
			// limit.
			return;
		}
		try {
			((UnixChannel) this.channel).fd().write(NOTHING, 0, 0);
			this.deadlines.add(this, INTERVAL_NANOS);
		}
		catch (IOException ex) {
			this.channel.pipeline().fireExceptionCaught(ex);
		}
	}

}
