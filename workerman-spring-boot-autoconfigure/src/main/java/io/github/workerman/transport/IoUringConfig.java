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

import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import org.jspecify.annotations.Nullable;
import reactor.netty.transport.ServerTransport;

/**
 * How we use io_uring, with receive buffers that the connections of an io_uring loop
 * share: the kernel takes one when something arrives, so that an idle connection holds
 * none, and goes on filling it as long as it has room. Needs Linux 6.12.
 */
final class IoUringConfig {

	private static final short GROUP = 0;

	/**
	 * A message that does not fit the rest of a buffer comes in two pieces: few large
	 * buffers cut fewer messages.
	 */
	private static final int SIZE = 1024 * 1024;

	private static final short COUNT = 4;

	/** A broadcast makes one request for each connection: few are to fill the queue. */
	private static final int RING_SIZE = 1024;

	/**
	 * Many connections that have something to tell at once are to find room too; Netty
	 * warns each time they do not.
	 */
	private static final int COMPLETION_RING_SIZE = 16 * RING_SIZE;

	private IoUringConfig() {
	}

	/**
	 * Returns why loops cannot use io_uring. Without buffers to share Netty 4.2.17 waits
	 * for a socket to become readable first, and misses a reset that comes together with
	 * bytes: the connection would stay for ever.
	 * @return the reason, or {@code null} if they can
	 */
	static @Nullable Throwable unavailabilityCause() {
		if (IoUring.unavailabilityCause() != null) {
			return IoUring.unavailabilityCause();
		}
		if (!IoUring.isRegisterBufferRingIncSupported()) {
			return new UnsupportedOperationException("it needs Linux 6.12 or later");
		}
		// Only with shared buffers Netty asks for all receipts at once, where it does.
		return !IoUring.isRecvMultishotEnabled() ? null : new UnsupportedOperationException(
				"it needs io.netty.iouring.recvMultiShotEnabled=false before Netty's io_uring is first used");
	}

	static IoUringIoHandlerConfig create() {
		return new IoUringIoHandlerConfig().setRingSize(RING_SIZE)
			.setCqSize(COMPLETION_RING_SIZE)
			.setBufferRingConfig(IoUringBufferRingConfig.builder()
				.bufferGroupId(GROUP)
				.bufferRingSize(COUNT)
				.batchSize(COUNT)
				.incremental(true)
				.allocator(new IoUringFixedBufferRingAllocator(Buffers.allocator(), SIZE))
				.build());
	}

	static <T extends ServerTransport<T, ?>> T use(T server) {
		return server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
	}

}
