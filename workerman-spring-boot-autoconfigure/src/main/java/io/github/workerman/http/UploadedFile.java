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

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file that came with a form. Lives in memory, or above the server's
 * {@code http.upload-threshold} in a temporary file, and ends with the response. Its
 * methods may block where it is a file.
 */
public interface UploadedFile {

	/**
	 * Returns the name of the form's field.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the name that the client gave the file. It says nothing about where it may
	 * be stored.
	 * @return the name without directories, possibly empty
	 */
	String fileName();

	/**
	 * Returns the content type that the client gave.
	 * @return the type, or {@code null}
	 */
	@Nullable String contentType();

	/**
	 * Returns the size.
	 * @return the number of bytes
	 */
	long size();

	/**
	 * Tells whether all of it is in memory.
	 * @return {@code false} for a temporary file
	 */
	boolean isInMemory();

	/**
	 * Reads all of it.
	 * @return the bytes
	 * @throws IOException if the file cannot be read
	 */
	byte[] bytes() throws IOException;

	/**
	 * Stores it, by moving the temporary file where that is possible. To be called at
	 * most once.
	 * @param target where to; must not exist
	 * @throws IOException if that fails
	 */
	void transferTo(Path target) throws IOException;

}
