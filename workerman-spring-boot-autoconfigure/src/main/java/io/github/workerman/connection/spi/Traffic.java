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

package io.github.workerman.connection.spi;

/**
 * What went over a connection in one batch. A view that is reused: read it within the
 * call that hands it over.
 */
public interface Traffic {

	/**
	 * Returns the number of messages.
	 * @return the number, zero for a batch without a complete message
	 */
	int messages();

	/**
	 * Returns the size of these messages on the wire, framing included.
	 * @return the size in bytes
	 */
	long messageBytes();

	/**
	 * Returns the size of the largest of these messages on the wire.
	 * @return the size in bytes
	 */
	int largestMessage();

	/**
	 * Returns all bytes of the batch, those of handshakes, control frames and incomplete
	 * messages too.
	 * @return the number of bytes
	 */
	long bytes();

}
