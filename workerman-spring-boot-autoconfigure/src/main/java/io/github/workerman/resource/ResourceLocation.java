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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A place with resources. May be used by several threads; looking something up reads from
 * the disk.
 */
interface ResourceLocation {

	/**
	 * Looks for a file.
	 * @param names the names of directories and the file
	 * @return the file, or {@code null} if there is none that may be seen
	 */
	@Nullable FoundResource find(List<String> names);

	/**
	 * Tells whether there is a directory.
	 * @param names the names of the directories
	 * @return whether the last one is a directory that may be seen
	 */
	boolean isDirectory(List<String> names);

}
