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

import java.util.function.Supplier;

import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.transport.TrafficCount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes over an HTTP connection and reports it batch by batch. On the event
 * loop only, but for totals.
 */
final class HttpTraffic {

	private final ConnectionListener listener;

	private final Supplier<HttpConnection> connection;

	private @Nullable HttpLimiter limiter;

	private final TrafficCount in = new TrafficCount();

	private final TrafficCount out = new TrafficCount();

	HttpTraffic(ConnectionListener listener, Supplier<HttpConnection> connection) {
		this.listener = listener;
		this.connection = connection;
	}

	TrafficCount in() {
		return this.in;
	}

	TrafficCount out() {
		return this.out;
	}

	/**
	 * Sets what limits the traffic.
	 */
	void limiter(@Nullable HttpLimiter limiter) {
		this.limiter = limiter;
	}

	/**
	 * Returns what limits the traffic.
	 * @return the limiter, or {@code null} if nothing does
	 */
	@Nullable HttpLimiter limiter() {
		return this.limiter;
	}

	/**
	 * Nothing is limited any more.
	 */
	void unlimited() {
		HttpLimiter before = this.limiter;
		this.limiter = null;
		if (before != null) {
			before.stop();
		}
	}

	/**
	 * Something is on its way to the socket.
	 */
	void sending(Object message) {
		if (message instanceof ByteBuf bytes) {
			this.out.bytes(bytes.readableBytes());
		}
		else if (message instanceof FileRegion file) {
			this.out.bytes((int) Math.min(Integer.MAX_VALUE, file.count()));
		}
	}

	/**
	 * A batch has been read.
	 * @param opened whether the peer has become a connection
	 */
	void received(boolean opened) {
		if (!this.in.isEmpty()) {
			if (opened) {
				this.listener.received(this.connection.get(), this.in);
			}
			long bytes = this.in.bytes();
			this.in.next();
			if (this.limiter != null) {
				this.limiter.received(bytes);
			}
		}
	}

	/**
	 * A batch has been handed to the socket.
	 * @param opened whether the peer has become a connection
	 */
	void sent(boolean opened) {
		if (!this.out.isEmpty()) {
			if (opened) {
				this.listener.sent(this.connection.get(), this.out);
			}
			this.out.next();
		}
	}

}
