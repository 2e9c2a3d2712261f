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

package io.github.workerman.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * What connections send and what must come back.
 */
interface Messages {

	/**
	 * Returns the largest number of bytes that one message has on the wire.
	 * @return bytes
	 */
	int framedLength();

	/**
	 * Appends a message as it is sent.
	 * @param target where it goes
	 * @param sequence the number of the message
	 * @param connection the number of the connection
	 */
	void append(ByteBuffer target, int sequence, int connection);

	/**
	 * Returns whether what has come is right.
	 * @param bytes contains the payload
	 * @param from its first byte
	 * @param to behind its last byte
	 * @param sequence the number of the message
	 * @param connection the number of the connection that it was sent on
	 * @return {@code true} if each byte is right
	 */
	boolean matches(byte[] bytes, int from, int to, int sequence, int connection);

}
