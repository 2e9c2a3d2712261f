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

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

import io.github.workerman.protocol.MessageCodec;

/**
 * Turns what is sent to many into text or bytes, once for all of them.
 */
public final class BroadcastConverter implements UnaryOperator<Object> {

	private final MessageCodec messages;

	/**
	 * Creates a converter.
	 * @param messages makes text of objects
	 */
	public BroadcastConverter(MessageCodec messages) {
		this.messages = messages;
	}

	@Override
	public Object apply(Object message) {
		boolean asItIs = message instanceof String || message instanceof byte[] || message instanceof ByteBuffer;
		return asItIs ? message : this.messages.write(message);
	}

}
