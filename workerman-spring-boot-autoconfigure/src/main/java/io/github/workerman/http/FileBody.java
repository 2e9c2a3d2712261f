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

package io.github.workerman.http;

import java.nio.file.Path;

/**
 * A file, or a part of one, as the body of a response. The operating system copies it to
 * the socket where it can. Its length is sent beforehand: a file that gets shorter
 * meanwhile ends the connection.
 *
 * @param path the file
 * @param offset where to begin, in bytes
 * @param length how many bytes to send
 */
public record FileBody(Path path, long offset, long length) {

	/**
	 * Creates a body.
	 * @throws IllegalArgumentException if offset or length is negative
	 */
	public FileBody {
		if (offset < 0 || length < 0) {
			throw new IllegalArgumentException("No part of a file: " + length + " bytes from " + offset);
		}
	}

}
