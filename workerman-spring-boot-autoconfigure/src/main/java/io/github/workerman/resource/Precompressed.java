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

package io.github.workerman.resource;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Encodings that a file may lie beside itself in, best first.
 */
enum Precompressed {

	BROTLI("br", ".br"),

	GZIP("gzip", ".gz");

	private final String coding;

	private final String suffix;

	Precompressed(String coding, String suffix) {
		this.coding = coding;
		this.suffix = suffix;
	}

	String coding() {
		return this.coding;
	}

	String suffix() {
		return this.suffix;
	}

	/**
	 * Tells whether a client takes the encoding (RFC 9110 section 12.5.3).
	 * @param acceptEncoding the header, or {@code null}
	 * @return whether it is named, or meant by a star, and not excluded
	 */
	boolean isAccepted(@Nullable String acceptEncoding) {
		if (acceptEncoding == null) {
			return false;
		}
		boolean any = false;
		for (String element : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
			String[] parts = element.split(";", 2);
			String name = parts[0].trim();
			boolean wanted = parts.length == 1 || !parts[1].replaceAll("[ \t]", "").matches("q=0(\\.0{0,3})?");
			if (name.equals(this.coding)) {
				return wanted;
			}
			if (name.equals("*")) {
				any = wanted;
			}
		}
		return any;
	}

}
