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

import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Lends a decompressor to the messages of one connection, one at a time. With context
 * takeover it is always the same, made for the first compressed message; without, it is
 * one of the event loop's, and the connection holds none between two messages.
 */
final class MessageInflater {

	private final ZlibPool pool;

	private final boolean takeover;

	private @Nullable Inflater inflater;

	MessageInflater(ZlibPool pool, boolean takeover) {
		this.pool = pool;
		this.takeover = takeover;
	}

	/**
	 * Tells whether messages may refer to earlier ones.
	 * @return whether there is context takeover
	 */
	boolean takesOver() {
		return this.takeover;
	}

	/**
	 * Returns the decompressor of the message under way.
	 * @return the decompressor
	 */
	Inflater get() {
		Inflater inflater = this.inflater;
		if (inflater == null) {
			inflater = this.takeover ? this.pool.newInflater() : this.pool.borrowInflater();
			this.inflater = inflater;
		}
		return inflater;
	}

	/**
	 * Notes that the message is complete.
	 */
	void messageEnded() {
		if (!this.takeover) {
			release();
		}
	}

	/**
	 * Lets go of the decompressor, also within a message.
	 */
	void release() {
		Inflater inflater = this.inflater;
		if (inflater != null) {
			this.inflater = null;
			if (this.takeover) {
				inflater.end();
			}
			else {
				this.pool.giveBack(inflater);
			}
		}
	}

}
