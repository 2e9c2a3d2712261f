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

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A plain implementation of RFC 1951, the peer in tests: decompresses what we compress
 * and refuses references beyond the window. Everything it has seen is its context.
 */
final class PlainInflate {

	private static final int[] LENGTHS = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67,
			83, 99, 115, 131, 163, 195, 227, 258 };

	private static final int[] DISTANCES = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513,
			769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };

	private static final int[] ORDER = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

	private final int window;

	private byte[] seen = new byte[1024];

	private int size;

	private int farthest;

	private byte[] in = new byte[0];

	private long bit;

	PlainInflate(int windowBits) {
		this.window = 1 << windowBits;
	}

	/**
	 * Returns how far back a reference went at most.
	 * @return the distance in bytes
	 */
	int farthest() {
		return this.farthest;
	}

	void forget() {
		this.size = 0;
	}

	/**
	 * Decompresses a message.
	 * @param payload the payload of its frames
	 * @return the message
	 */
	byte[] message(byte[] payload) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		whole.writeBytes(payload);
		whole.writeBytes(new byte[] { 0, 0, (byte) 0xFF, (byte) 0xFF });
		this.in = whole.toByteArray();
		this.bit = 0;
		int start = this.size;
		boolean last = false;
		while (!last && this.bit < 8L * this.in.length) {
			last = bits(1) == 1;
			block(bits(2));
		}
		check(this.bit == 8L * this.in.length, "the message ends within a block");
		return Arrays.copyOfRange(this.seen, start, this.size);
	}

	private void block(int type) {
		switch (type) {
			case 0 -> stored();
			case 1 -> {
				int[] lengths = new int[288];
				Arrays.fill(lengths, 0, 144, 8);
				Arrays.fill(lengths, 144, 256, 9);
				Arrays.fill(lengths, 256, 280, 7);
				Arrays.fill(lengths, 280, 288, 8);
				int[] distances = new int[30];
				Arrays.fill(distances, 5);
				codes(new Huffman(lengths), new Huffman(distances));
			}
			case 2 -> dynamic();
			default -> check(false, "reserved type of block");
		}
	}

	private void stored() {
		this.bit = (this.bit + 7) / 8 * 8;
		int length = bits(16);
		check(bits(16) == (~length & 0xFFFF), "length of a stored block");
		for (int i = 0; i < length; i++) {
			put(bits(8));
		}
	}

	private void dynamic() {
		int literals = bits(5) + 257;
		int distances = bits(5) + 1;
		int codes = bits(4) + 4;
		int[] lengths = new int[19];
		for (int i = 0; i < codes; i++) {
			lengths[ORDER[i]] = bits(3);
		}
		Huffman huffman = new Huffman(lengths);
		int[] all = new int[literals + distances];
		int i = 0;
		while (i < all.length) {
			int symbol = huffman.next();
			if (symbol < 16) {
				all[i++] = symbol;
				continue;
			}
			int value = (symbol == 16) ? all[i - 1] : 0;
			int times = (symbol == 16) ? 3 + bits(2) : (symbol == 17) ? 3 + bits(3) : 11 + bits(7);
			Arrays.fill(all, i, i + times, value);
			i += times;
		}
		codes(new Huffman(Arrays.copyOf(all, literals)), new Huffman(Arrays.copyOfRange(all, literals, all.length)));
	}

	private void codes(Huffman literals, Huffman distances) {
		int symbol = literals.next();
		while (symbol != 256) {
			if (symbol < 256) {
				put(symbol);
			}
			else {
				int code = symbol - 257;
				int length = LENGTHS[code] + bits((code < 8 || code == 28) ? 0 : (code - 4) / 4);
				int distanceCode = distances.next();
				int distance = DISTANCES[distanceCode] + bits((distanceCode < 4) ? 0 : (distanceCode - 2) / 2);
				check(distance <= this.window && distance <= this.size, "distance " + distance);
				this.farthest = Math.max(this.farthest, distance);
				for (int i = 0; i < length; i++) {
					put(this.seen[this.size - distance]);
				}
			}
			symbol = literals.next();
		}
	}

	private void put(int value) {
		if (this.size == this.seen.length) {
			this.seen = Arrays.copyOf(this.seen, 2 * this.size);
		}
		this.seen[this.size++] = (byte) value;
	}

	private int bits(int count) {
		int value = 0;
		for (int i = 0; i < count; i++) {
			int at = (int) (this.bit >>> 3);
			check(at < this.in.length, "the message is cut off");
			value |= (this.in[at] >> (this.bit & 7) & 1) << i;
			this.bit++;
		}
		return value;
	}

	private static void check(boolean valid, String what) {
		if (!valid) {
			throw new AssertionError("Not valid: " + what);
		}
	}

	/**
	 * A canonical code.
	 */
	private final class Huffman {

		private final int[] counts = new int[16];

		private final int[] symbols;

		Huffman(int[] lengths) {
			this.symbols = new int[lengths.length];
			for (int length : lengths) {
				this.counts[length]++;
			}
			this.counts[0] = 0;
			int[] offsets = new int[16];
			for (int i = 1; i < 16; i++) {
				offsets[i] = offsets[i - 1] + this.counts[i - 1];
			}
			for (int symbol = 0; symbol < lengths.length; symbol++) {
				if (lengths[symbol] != 0) {
					this.symbols[offsets[lengths[symbol]]++] = symbol;
				}
			}
		}

		int next() {
			int code = 0;
			int first = 0;
			int index = 0;
			for (int length = 1; length < 16; length++) {
				code |= bits(1);
				int count = this.counts[length];
				if (code - first < count) {
					return this.symbols[index + code - first];
				}
				index += count;
				first = (first + count) << 1;
				code <<= 1;
			}
			throw new AssertionError("Not valid: unknown code");
		}

	}

}
