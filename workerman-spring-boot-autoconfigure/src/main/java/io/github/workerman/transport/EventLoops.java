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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.spi.LoopWatch;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import reactor.netty.resources.LoopResources;

/**
 * A set of event loops that endpoints share. Threads of these loops are marked as
 * non-blocking for Reactor, so that {@code block()} fails on them at once. Usable from
 * any thread.
 */
public final class EventLoops implements AutoCloseable {

	private static final long CLOSE_SECONDS = 5;

	private final LoopResources resources;

	private final EventLoopGroup group;

	private final TransportKind kind;

	private final boolean owned;

	private final Map<EventExecutor, NettyLoop> loops = new ConcurrentHashMap<>();

	private EventLoops(LoopResources resources, TransportKind kind, boolean owned) {
		this.resources = resources;
		this.group = resources.onServer(true);
		this.kind = kind;
		this.owned = owned;
		this.group.forEach(this::of);
	}

	/**
	 * Creates loops of one's own, which {@link #close()} ends.
	 * @param kind the transport
	 * @param threads how many, 0 for one per processor
	 * @param threadNamePrefix the names of the threads begin with this
	 * @return the loops
	 * @throws TransportUnavailableException if the transport is not available
	 */
	public static EventLoops create(TransportKind kind, int threads, String threadNamePrefix) {
		TransportKind resolved = kind.resolve();
		int count = (threads > 0) ? threads : Runtime.getRuntime().availableProcessors();
		return new EventLoops(new OwnLoopResources(resolved, count, threadNamePrefix), resolved, true);
	}

	/**
	 * Takes loops of the application's, which {@link #close()} leaves alone.
	 * @param resources the application's loops
	 * @return the loops
	 */
	public static EventLoops shared(LoopResources resources) {
		TransportKind kind = TransportKind.of(resources.onChannelClass(SocketChannel.class, resources.onServer(true)));
		return new EventLoops(resources, (kind != null) ? kind : TransportKind.NIO, false);
	}

	/**
	 * Returns how these loops do input and output.
	 * @return the transport, never {@code AUTO}
	 */
	public TransportKind kind() {
		return this.kind;
	}

	/**
	 * Returns what shows whether the loops get on.
	 * @return one for each loop
	 */
	public List<? extends LoopWatch> watches() {
		return new ArrayList<>(this.loops.values());
	}

	/**
	 * Returns the number of loops.
	 * @return the number of threads
	 */
	public int size() {
		return this.loops.size();
	}

	/**
	 * Tells whether the loops were made with the buffers of {@link IoUringConfig}.
	 */
	boolean sharesReceiveBuffers() {
		return this.owned && this.kind == TransportKind.IO_URING;
	}

	/**
	 * Returns the loops as reactor-netty takes them.
	 * @return the same for all servers of these loops
	 */
	public LoopResources resources() {
		return this.resources;
	}

	/**
	 * Returns what the engine keeps for a loop. Usable from any thread.
	 * @param executor the event loop of a channel
	 * @return always the same for a loop
	 */
	public NettyLoop of(EventExecutor executor) {
		return this.loops.computeIfAbsent(executor, (key) -> new NettyLoop((EventLoop) key));
	}

	/**
	 * Ends loops of one's own, after what they have still to do, within five seconds.
	 */
	@Override
	public void close() {
		if (this.owned) {
			this.group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
				.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
	}

}
