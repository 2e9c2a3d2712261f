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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.ManagedConnection.Hold;

/**
 * Passes the messages of one connection on to another. Nothing is lost while the target
 * lives: when it cannot take more, its source is not read. On the source's event loop.
 */
final class Pipe {

	private final NettyConnection source;

	private final NettyConnection target;

	private boolean holding;

	Pipe(NettyConnection source, NettyConnection target) {
		this.source = source;
		this.target = target;
	}

	void pass(Object message) {
		ConnectionLimiter limiter = this.source.limiter();
		if (limiter != null && !limiter.admits()) {
			return;
		}
		if (!this.target.isOpen()) {
			this.source.close();
			return;
		}
		this.target.outbox().force(message);
		if (!this.holding && this.target.pendingBytes() > this.target.maxSendBuffer() / 2) {
			this.holding = true;
			this.source.hold(Hold.PIPE);
			this.target.whenWritable(() -> this.source.loop().execute(this::goOn));
		}
	}

	void sourceClosed() {
		this.target.close(CloseReason.NORMAL);
	}

	private void goOn() {
		this.holding = false;
		this.source.release(Hold.PIPE);
	}

}
