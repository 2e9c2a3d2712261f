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

import java.nio.file.Path;

/**
 * Where the bytes of an answer are. Immutable.
 */
public sealed interface ResourceContent {

	/**
	 * A file, to be sent by the operating system if it can.
	 *
	 * @param path the file
	 */
	record FileContent(Path path) implements ResourceContent {
	}

	/**
	 * Bytes that were read from within an archive.
	 *
	 * @param bytes the bytes, not to be changed
	 */
	record MemoryContent(byte[] bytes) implements ResourceContent {
	}

}
