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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * What is special to servers of the protocol {@code http}.
 */
public class HttpProperties {

	/**
	 * How long the header of a request may take from its first byte, and each kilobyte of
	 * its body. Then the answer is 408. Only for http.
	 */
	private @Nullable Duration requestTimeout;

	/**
	 * How long a connection may wait for its next request, 0s for ever. Only for http.
	 */
	private @Nullable Duration idleTimeout;

	/**
	 * How long a client may take nothing of a response that waits for it, 0s for ever.
	 * Then the connection is reset. Only for http.
	 */
	private @Nullable Duration sendTimeout;

	/**
	 * How long the target of a request (path and query) may be. Above it the answer is
	 * 414. Only for http.
	 */
	private @Nullable DataSize maxTargetSize;

	/**
	 * From which size files of multipart forms are kept on disk instead of in memory.
	 * Only for http.
	 */
	private @Nullable DataSize uploadThreshold;

	/**
	 * Whether and how sessions are kept.
	 */
	@NestedConfigurationProperty
	private final HttpSessionProperties session = new HttpSessionProperties();

	public @Nullable Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(@Nullable Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public @Nullable Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(@Nullable Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public @Nullable Duration getSendTimeout() {
		return this.sendTimeout;
	}

	public void setSendTimeout(@Nullable Duration sendTimeout) {
		this.sendTimeout = sendTimeout;
	}

	public @Nullable DataSize getMaxTargetSize() {
		return this.maxTargetSize;
	}

	public void setMaxTargetSize(@Nullable DataSize maxTargetSize) {
		this.maxTargetSize = maxTargetSize;
	}

	public HttpSessionProperties getSession() {
		return this.session;
	}

	public @Nullable DataSize getUploadThreshold() {
		return this.uploadThreshold;
	}

	public void setUploadThreshold(@Nullable DataSize uploadThreshold) {
		this.uploadThreshold = uploadThreshold;
	}

}
