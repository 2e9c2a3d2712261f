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

package io.github.workerman.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 on servers of the protocol {@code http}.
 */
public class Http2Properties {

	/**
	 * Whether HTTP/2 is spoken besides HTTP/1.1: over TLS when the client asks for it by
	 * ALPN, else when the client begins with it (prior knowledge). Only for http.
	 */
	private @Nullable Boolean enabled;

	/**
	 * How many requests of one HTTP/2 connection may be under way at a time. Only for
	 * http.
	 */
	private @Nullable Integer maxConcurrentStreams;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Integer getMaxConcurrentStreams() {
		return this.maxConcurrentStreams;
	}

	public void setMaxConcurrentStreams(@Nullable Integer maxConcurrentStreams) {
		this.maxConcurrentStreams = maxConcurrentStreams;
	}

}
