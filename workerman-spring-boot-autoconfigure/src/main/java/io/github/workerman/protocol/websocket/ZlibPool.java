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

package io.github.workerman.protocol.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The compressors and decompressors of one event loop. Each holds native memory, a
 * compressor about 260 KB and a decompressor about 40 KB, so connections that need not
 * remember anything from one message to the next share them. For use by one thread.
 */
final class ZlibPool {

	/* More than a few messages are seldom under way at one time. */
	private static final int MAX_IDLE = 8;

	private static final FastThreadLocal<ZlibPool> CURRENT = new FastThreadLocal<>() {

		@Override
		protected ZlibPool initialValue() {
			return new ZlibPool((level) -> new Deflater(level, true), () -> new Inflater(true));
		}

		@Override
		protected void onRemoval(ZlibPool pool) {
			pool.end();
		}

	};

	private final IntFunction<Deflater> newDeflater;

	private final Supplier<Inflater> newInflater;

	private final @Nullable Deflater[] deflaters = new Deflater[Deflater.BEST_COMPRESSION + 1];

	private final Deque<Inflater> inflaters = new ArrayDeque<>(MAX_IDLE);

	ZlibPool(IntFunction<Deflater> newDeflater, Supplier<Inflater> newInflater) {
		this.newDeflater = newDeflater;
		this.newInflater = newInflater;
	}

	/**
	 * Returns the pool of the calling thread.
	 * @return the pool
	 */
	static ZlibPool current() {
		return CURRENT.get();
	}

	/**
	 * Returns the compressor that all share, for one message.
	 * @param level how hard it tries
	 * @return the compressor, to be reset after use
	 */
	Deflater sharedDeflater(int level) {
		Deflater deflater = this.deflaters[level];
		if (deflater == null) {
			deflater = this.newDeflater.apply(level);
			this.deflaters[level] = deflater;
		}
		return deflater;
	}

	/**
	 * Makes a compressor for one connection.
	 * @param level how hard it tries
	 * @return the compressor, to be ended by the caller
	 */
	Deflater newDeflater(int level) {
		return this.newDeflater.apply(level);
	}

	/**
	 * Returns a decompressor, for one message.
	 * @return the decompressor, to be given back
	 */
	Inflater borrowInflater() {
		Inflater idle = this.inflaters.pollLast();
		return (idle != null) ? idle : newInflater();
	}

	/**
	 * Takes a decompressor back, in whatever state it is.
	 * @param inflater the decompressor
	 */
	void giveBack(Inflater inflater) {
		if (this.inflaters.size() < MAX_IDLE) {
			inflater.reset();
			this.inflaters.addLast(inflater);
		}
		else {
			inflater.end();
		}
	}

	/**
	 * Makes a decompressor for one connection.
	 * @return the decompressor, to be ended by the caller
	 */
	Inflater newInflater() {
		return this.newInflater.get();
	}

	/**
	 * Ends what is idle: the thread ends.
	 */
	void end() {
		for (int level = 0; level < this.deflaters.length; level++) {
			Deflater deflater = this.deflaters[level];
			if (deflater != null) {
				this.deflaters[level] = null;
				deflater.end();
			}
		}
		this.inflaters.forEach(Inflater::end);
		this.inflaters.clear();
	}

}
