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

package io.github.workerman.benchmarks.jmh;

/**
 * The messages of the codec benchmarks.
 */
final class Payloads {

	/** 64 bytes of ASCII. */
	static final String ASCII = "0123456789abcdef".repeat(4);

	/** 64 bytes of UTF-8: characters of two, three and four bytes between ASCII. */
	static final String NON_ASCII = "Gr\u00FC\u00DFe, \u4F60\u597D! \uD83D\uDE00 ".repeat(2) + "and the end of text.";

	/** 16 KiB of ASCII. */
	static final String LONG = ASCII.repeat(256);

	private Payloads() {
	}

	/** Binary, the longest one with a header of two bytes. */
	static byte[] binary() {
		byte[] bytes = new byte[125];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 31);
		}
		return bytes;
	}

}
