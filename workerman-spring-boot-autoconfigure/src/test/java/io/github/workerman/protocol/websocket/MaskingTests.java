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

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTests {

	private static final int MASK = 0x81FE2D40;

	@Test
	void whenBytesLieAnywhereThenTheyAndOnlyTheyAreUnmasked() {
		Random random = new Random(1);
		for (int length = 0; length < 130; length++) {
			for (int offset = 0; offset < 9; offset++) {
				byte[] bytes = new byte[150];
				random.nextBytes(bytes);
				byte[] expected = bytes.clone();
				for (int i = 0; i < length; i++) {
					expected[offset + i] ^= (byte) (MASK >>> (24 - 8 * (i % 4)));
				}
				Masking.remove(MASK, bytes, offset, length);
				assertThat(bytes).isEqualTo(expected);
			}
		}
	}

	@Test
	void whenOneByteIsNotAsciiThenItIsNoticedWhereverItIs() {
		for (int length = 1; length < 100; length++) {
			for (int i = 0; i <= length; i++) {
				byte[] bytes = new byte[110];
				// Beyond the end it does not count
				bytes[3 + i] = (byte) 0x80;
				byte[] masked = bytes.clone();
				Masking.remove(MASK, masked, 3, length);
				assertThat(Masking.remove(MASK, masked, 3, length)).isEqualTo(i == length);
				assertThat(masked).isEqualTo(bytes);
			}
		}
	}

	@Test
	void whenPayloadIsCutThenTheMaskGoesOnBehindIt() {
		for (int cut = 0; cut < 20; cut++) {
			byte[] whole = new byte[40];
			byte[] parts = new byte[40];
			Masking.remove(MASK, whole, 0, 40);
			Masking.remove(MASK, parts, 0, cut);
			Masking.remove(Masking.after(MASK, cut), parts, cut, 40 - cut);
			assertThat(parts).isEqualTo(whole);
		}
	}

}
