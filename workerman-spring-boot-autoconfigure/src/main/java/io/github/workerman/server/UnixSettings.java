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

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket to listen on.
 *
 * @param path the absolute path of the socket's file, or {@code null} if the server
 * listens on a port
 * @param mode who may connect, as {@code ls} writes it, for instance {@code rw-rw----};
 * {@code null} for whom the process's file mode mask lets
 */
public record UnixSettings(@Nullable Path path, @Nullable String mode) {

	/** No Unix domain socket. */
	public static final UnixSettings NONE = new UnixSettings(null, null);

	Set<PosixFilePermission> permissions() {
		return (this.mode != null) ? PosixFilePermissions.fromString(this.mode) : Set.of();
	}

}
