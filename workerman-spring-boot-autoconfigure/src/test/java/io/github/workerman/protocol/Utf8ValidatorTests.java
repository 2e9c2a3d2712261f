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

package io.github.workerman.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8ValidatorTests {

	/* All bytes that some character begins with, by length; the JDK encodes them. */
	private static final BitSet[] BEGINNINGS = new BitSet[5];

	/* All bytes that are a character. */
	private static final BitSet[] CHARACTERS = new BitSet[4];

	static {
		for (int i = 0; i < 5; i++) {
			BEGINNINGS[i] = new BitSet();
		}
		for (int i = 0; i < 4; i++) {
			CHARACTERS[i] = new BitSet();
		}
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
				continue;
			}
			byte[] bytes = new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8);
			int number = 0;
			for (int i = 0; i < Math.min(bytes.length, 3); i++) {
				number = number << 8 | (bytes[i] & 0xFF);
				BEGINNINGS[i + 1].set(number);
			}
			if (bytes.length < 4) {
				CHARACTERS[bytes.length].set(number);
			}
		}
	}

	private static byte[] bytes(int number, int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (number >>> (8 * (length - 1 - i)));
		}
		return bytes;
	}

	/* A state for one to three bytes from the beginning, as it has to be. */
	private static void check(int number, int length) {
		int state = Utf8Validator.advance(Utf8Validator.COMPLETE, bytes(number, length), 0, length);
		boolean character = CHARACTERS[length].get(number);
		boolean beginning = BEGINNINGS[length].get(number);
		if ((state == Utf8Validator.COMPLETE) != character || (state == Utf8Validator.MALFORMED) == beginning) {
			assertThat(state).as("state after %08x", number).isNull();
		}
	}

	@Test
	void whenBytesAreACharacterOrItsBeginningThenTheyPassElseNot() {
		for (int one = 0; one <= 0xFF; one++) {
			check(one, 1);
			for (int two = 0; one >= 0xC0 && two <= 0xFF; two++) {
				check(one << 8 | two, 2);
				for (int three = 0; one >= 0xE0 && three <= 0xFF; three++) {
					check(one << 16 | two << 8 | three, 3);
				}
			}
		}
	}

	@Test
	void whenFourBytesAreACharacterThenTheyPassElseNot() {
		byte[] bytes = new byte[4];
		for (int beginning = BEGINNINGS[3].nextSetBit(0xF00000); beginning >= 0; beginning = BEGINNINGS[3]
			.nextSetBit(beginning + 1)) {
			System.arraycopy(bytes(beginning, 3), 0, bytes, 0, 3);
			for (int last = 0; last <= 0xFF; last++) {
				bytes[3] = (byte) last;
				int state = Utf8Validator.advance(Utf8Validator.COMPLETE, bytes, 0, 4);
				int expected = (last >= 0x80 && last <= 0xBF) ? Utf8Validator.COMPLETE : Utf8Validator.MALFORMED;
				if (state != expected) {
					assertThat(state).as("state after %06x %02x", beginning, last).isEqualTo(expected);
				}
			}
		}
	}

	@Test
	void whenTextIsCutAnywhereThenTheStateCarriesOver() {
		byte[] valid = "aé猪\uD83D\uDE00, and more than eight ASCII characters, 猪猪\uDBFF\uDFFF"
			.getBytes(StandardCharsets.UTF_8);
		for (int one = 0; one <= valid.length; one++) {
			for (int two = one; two <= valid.length; two++) {
				int state = Utf8Validator.advance(Utf8Validator.COMPLETE, valid, 0, one);
				state = Utf8Validator.advance(state, valid, one, two);
				assertThat(Utf8Validator.advance(state, valid, two, valid.length)).isEqualTo(Utf8Validator.COMPLETE);
			}
		}
	}

	@Test
	void whenTextIsMalformedThenItStaysSo() {
		byte[] ascii = { 'a' };
		assertThat(Utf8Validator.advance(Utf8Validator.MALFORMED, ascii, 0, 1)).isEqualTo(Utf8Validator.MALFORMED);
	}

	@Test
	void whenBytesAreRandomThenTheVerdictIsTheOneOfTheJdk() {
		Random random = new Random(6455);
		byte[] valid = "plain ASCII text, äöü, 猪猪, \uD83D\uDE00\uD83D\uDE00, Ω".repeat(3)
			.getBytes(StandardCharsets.UTF_8);
		int malformed = 0;
		for (int round = 0; round < 200_000; round++) {
			byte[] bytes = valid.clone();
			for (int i = random.nextInt(3); i > 0; i--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			int from = random.nextInt(20);
			int to = bytes.length - random.nextInt(20);
			boolean expected = isValid(bytes, from, to);
			assertThat(Utf8Validator.isValid(bytes, from, to)).isEqualTo(expected);
			malformed += expected ? 0 : 1;
			assertStrict(bytes, from, to, expected);
		}
		assertThat(malformed).isBetween(50_000, 190_000);
	}

	private static void assertStrict(byte[] bytes, int from, int to, boolean expected) {
		try {
			String text = Payloads.strictText(bytes, from, to - from);
			assertThat(expected).isTrue();
			assertThat(text).isEqualTo(new String(bytes, from, to - from, StandardCharsets.UTF_8));
		}
		catch (ProtocolException ex) {
			assertThat(ex.code()).isEqualTo(1007);
			assertThat(expected).isFalse();
		}
	}

	private static boolean isValid(byte[] bytes, int from, int to) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	@Test
	void whenReplacementCharacterWasSentThenItIsText() throws ProtocolException {
		byte[] bytes = "a\uFFFDb".getBytes(StandardCharsets.UTF_8);
		assertThat(Payloads.strictText(bytes, 0, bytes.length)).isEqualTo("a\uFFFDb");
	}

}
