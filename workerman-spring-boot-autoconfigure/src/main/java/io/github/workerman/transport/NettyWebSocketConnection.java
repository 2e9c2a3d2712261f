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

import java.nio.ByteBuffer;
import java.util.Objects;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.protocol.HandshakeCodec;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection that began with a handshake.
 */
final class NettyWebSocketConnection extends NettyConnection implements WebSocketConnection {

	private static final int MAX_PING = 125;

	NettyWebSocketConnection(EndpointContext endpoint, NettyLoop loop, ChannelHandlerContext context, long number) {
		super(endpoint, loop, context, number);
	}

	@Override
	public Handshake handshake() {
		return Objects.requireNonNull(handshakeCodec().handshake(), "No handshake before the connection is open");
	}

	@Override
	public @Nullable String subprotocol() {
		return handshakeCodec().subprotocol();
	}

	@Override
	public @Nullable String extensions() {
		return handshakeCodec().extensions();
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		if (payload.remaining() > MAX_PING) {
			throw new IllegalArgumentException("A ping carries at most 125 bytes, not " + payload.remaining());
		}
		if (!isOpen()) {
			return SendResult.CLOSED;
		}
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
		long size = outbox().room().reserve(copy);
		if (size < 0) {
			return SendResult.BUFFER_FULL;
		}
		onLoop(() -> {
			outbox().room().unreserve(size);
			if (takesMessages()) {
				handshakeCodec().encodePing(copy, outbox().control());
			}
		});
		return SendResult.ACCEPTED;
	}

	private HandshakeCodec handshakeCodec() {
		return (HandshakeCodec) codec();
	}

}
