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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops of one chosen {@link Transport} for reactor-netty, which of itself can only
 * be told to prefer native ones or not.
 */
final class TransportLoopResources implements LoopResources {

	private final Transport transport;

	private final EventLoopGroup loops;

	TransportLoopResources(Transport transport, int threads) {
		this.transport = transport;
		this.loops = transport.newEventLoopGroup(threads);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.loops;
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
		return channelClass(channelType).asSubclass(channelType);
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
		try {
			return channelType.cast(channelClass(channelType).getConstructor().newInstance());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No channel of type %s".formatted(channelType), ex);
		}
	}

	private Class<? extends Channel> channelClass(Class<?> channelType) {
		if (channelType == ServerSocketChannel.class) {
			return this.transport.serverChannelType();
		}
		if (channelType == SocketChannel.class) {
			return this.transport.channelType();
		}
		throw new IllegalArgumentException("Unsupported channel type %s".formatted(channelType));
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return Mono.create((sink) -> this.loops
			.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
			.addListener((future) -> sink.success()));
	}

	@Override
	public boolean isDisposed() {
		return this.loops.isShuttingDown();
	}

}
