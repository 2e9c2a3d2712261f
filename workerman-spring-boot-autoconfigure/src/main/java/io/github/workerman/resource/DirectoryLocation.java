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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A directory. Symbolic links are followed as long as they stay in it and lead to nothing
 * hidden.
 */
final class DirectoryLocation implements ResourceLocation {

	private final Path root;

	DirectoryLocation(Path root) {
		this.root = root;
	}

	@Override
	public @Nullable FoundResource find(List<String> names) {
		Path path = resolve(names);
		return (path != null) ? FoundResource.of(path) : null;
	}

	@Override
	public boolean isDirectory(List<String> names) {
		Path path = resolve(names);
		return path != null && Files.isDirectory(path);
	}

	private @Nullable Path resolve(List<String> names) {
		try {
			Path root = this.root.toRealPath();
			Path path = root;
			for (String name : names) {
				path = path.resolve(name);
			}
			Path real = path.toRealPath();
			if (!real.startsWith(root)) {
				return null;
			}
			return (real.equals(path) || isVisible(root.relativize(real))) ? real : null;
		}
		catch (IOException | InvalidPathException ex) {
			// There is no such file, or cannot be.
			return null;
		}
	}

	private static boolean isVisible(Path relative) {
		for (Path name : relative) {
			if (name.toString().startsWith(".")) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return this.root.toString();
	}

}
