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

import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what is made and what is ended.
 */
final class CountingZlib {

	private final List<CountingDeflater> deflaters = new ArrayList<>();

	private final List<CountingInflater> inflaters = new ArrayList<>();

	private final ZlibPool pool = new ZlibPool(CountingDeflater::new, CountingInflater::new);

	ZlibPool pool() {
		return this.pool;
	}

	int deflatersMade() {
		return this.deflaters.size();
	}

	int inflatersMade() {
		return this.inflaters.size();
	}

	long deflatersAlive() {
		return this.deflaters.stream().filter((deflater) -> deflater.ends == 0).count();
	}

	long inflatersAlive() {
		return this.inflaters.stream().filter((inflater) -> inflater.ends == 0).count();
	}

	/**
	 * Returns how many bytes have been compressed.
	 * @return the number of bytes
	 */
	long compressed() {
		return this.deflaters.stream().mapToLong((deflater) -> deflater.in).sum();
	}

	/**
	 * Ends the pool and checks that nothing is left and nothing was ended twice.
	 */
	void verify() {
		this.pool.end();
		this.deflaters.forEach((deflater) -> assertThat(deflater.ends).isOne());
		this.inflaters.forEach((inflater) -> assertThat(inflater.ends).isOne());
	}

	private final class CountingDeflater extends Deflater {

		private int ends;

		private long in;

		CountingDeflater(int level) {
			super(level, true);
			CountingZlib.this.deflaters.add(this);
		}

		@Override
		public int deflate(byte[] output, int offset, int length, int flush) {
			long before = getBytesRead();
			int size = super.deflate(output, offset, length, flush);
			this.in += getBytesRead() - before;
			return size;
		}

		@Override
		public void end() {
			this.ends++;
			super.end();
		}

	}

	private final class CountingInflater extends Inflater {

		private int ends;

		CountingInflater() {
			super(true);
			CountingZlib.this.inflaters.add(this);
		}

		@Override
		public void end() {
			this.ends++;
			super.end();
		}

	}

}
