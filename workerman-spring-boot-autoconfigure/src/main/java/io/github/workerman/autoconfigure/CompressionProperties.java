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

import org.springframework.util.unit.DataSize;

/**
 * How messages of websocket connections are compressed. What is not set has the value of
 * {@link io.github.workerman.protocol.CompressionSettings#OFF}.
 */
public class CompressionProperties {

	/**
	 * Whether messages of websocket connections are compressed (permessage-deflate) when
	 * the peer offers it.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Size from which on messages are compressed. Smaller ones are sent as they are.
	 */
	private @Nullable DataSize threshold;

	/**
	 * How hard to compress, from 1 (fast) to 9 (small).
	 */
	private @Nullable Integer level;

	/**
	 * Whether messages to a peer may refer to earlier ones. Makes them smaller, costs
	 * memory on each connection, and broadcasts are compressed for each peer.
	 */
	private @Nullable Boolean serverContextTakeover;

	/**
	 * Whether messages of a peer may refer to its earlier ones. Makes them smaller and
	 * costs memory on each connection.
	 */
	private @Nullable Boolean clientContextTakeover;

	/**
	 * How far back messages to a peer may refer, as a power of two from 8 to 15. Below 15
	 * peers need less memory, and messages are larger.
	 */
	private @Nullable Integer serverMaxWindowBits;

	/**
	 * How far back messages of a peer may refer, as a power of two from 8 to 15. For
	 * peers with little memory, which have to offer it.
	 */
	private @Nullable Integer clientMaxWindowBits;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable DataSize getThreshold() {
		return this.threshold;
	}

	public void setThreshold(@Nullable DataSize threshold) {
		this.threshold = threshold;
	}

	public @Nullable Integer getLevel() {
		return this.level;
	}

	public void setLevel(@Nullable Integer level) {
		this.level = level;
	}

	public @Nullable Boolean getServerContextTakeover() {
		return this.serverContextTakeover;
	}

	public void setServerContextTakeover(@Nullable Boolean serverContextTakeover) {
		this.serverContextTakeover = serverContextTakeover;
	}

	public @Nullable Boolean getClientContextTakeover() {
		return this.clientContextTakeover;
	}

	public void setClientContextTakeover(@Nullable Boolean clientContextTakeover) {
		this.clientContextTakeover = clientContextTakeover;
	}

	public @Nullable Integer getServerMaxWindowBits() {
		return this.serverMaxWindowBits;
	}

	public void setServerMaxWindowBits(@Nullable Integer serverMaxWindowBits) {
		this.serverMaxWindowBits = serverMaxWindowBits;
	}

	public @Nullable Integer getClientMaxWindowBits() {
		return this.clientMaxWindowBits;
	}

	public void setClientMaxWindowBits(@Nullable Integer clientMaxWindowBits) {
		this.clientMaxWindowBits = clientMaxWindowBits;
	}

}
