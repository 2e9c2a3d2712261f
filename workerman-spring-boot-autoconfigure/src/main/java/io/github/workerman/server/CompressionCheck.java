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

package io.github.workerman.server;

import io.github.workerman.protocol.CompressionSettings;

/**
 * Finds what is wrong with the compression of one {@link ServerDefinition}.
 */
final class CompressionCheck {

	private static final int MAX_LEVEL = 9;

	private final String server;

	CompressionCheck(String server) {
		this.server = server;
	}

	void check(CompressionSettings compression) {
		if (compression.threshold() < 0) {
			throw failure("threshold", compression.threshold(), "Use 0 to compress everything, or a size such as 1KB.");
		}
		if (compression.level() < 1 || compression.level() > MAX_LEVEL) {
			throw failure("level", compression.level(), "Use 1 (fast) to 9 (small).");
		}
		window("server-max-window-bits", compression.serverMaxWindowBits());
		window("client-max-window-bits", compression.clientMaxWindowBits());
	}

	private void window(String key, int bits) {
		if (bits < CompressionSettings.MIN_WINDOW_BITS || bits > CompressionSettings.MAX_WINDOW_BITS) {
			throw failure(key, bits, "Use 8 (256 bytes) to 15 (32KB).");
		}
	}

	private ServerConfigurationException failure(String key, Object value, String action) {
		String property = "compression." + key;
		return new ServerConfigurationException(this.server, property, value, "has a " + property + " of " + value,
				action);
	}

}
