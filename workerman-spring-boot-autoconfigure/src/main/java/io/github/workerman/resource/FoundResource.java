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
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

import io.github.workerman.resource.ResourceContent.FileContent;
import io.github.workerman.resource.ResourceContent.MemoryContent;
import org.jspecify.annotations.Nullable;

/**
 * A file or class path resource.
 *
 * @param content its bytes
 * @param size how many they are
 * @param lastModified when it was changed last, to the second
 * @param version changes with the content; without quotes
 */
record FoundResource(ResourceContent content, long size, Instant lastModified, String version) {

	private static final int VERSION_BYTES = 16;

	/**
	 * Looks at a file.
	 * @return the file, or {@code null} if there is none that can be read
	 */
	static @Nullable FoundResource of(Path path) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			if (!attributes.isRegularFile() || !Files.isReadable(path)) {
				return null;
			}
			Instant modified = attributes.lastModifiedTime().toInstant();
			return new FoundResource(content(path), attributes.size(), modified.truncatedTo(ChronoUnit.SECONDS),
					version(attributes));
		}
		catch (IOException ex) {
			// It is not there, or has gone in the meantime.
			return null;
		}
	}

	/* The operating system sends files of its own file system only. */
	private static ResourceContent content(Path path) throws IOException {
		return path.getFileSystem().equals(FileSystems.getDefault()) ? new FileContent(path)
				: new MemoryContent(Files.readAllBytes(path));
	}

	private static String version(BasicFileAttributes attributes) {
		Instant modified = attributes.lastModifiedTime().toInstant();
		return Long.toHexString(modified.getEpochSecond()) + Integer.toHexString(modified.getNano()) + "-"
				+ Long.toHexString(attributes.size());
	}

	/**
	 * Tells whether this is a file, and still what it was.
	 */
	boolean isUnchangedFile() {
		try {
			if (this.content instanceof FileContent file) {
				BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class,
						LinkOption.NOFOLLOW_LINKS);
				return attributes.isRegularFile() && attributes.size() == this.size
						&& version(attributes).equals(this.version);
			}
			return false;
		}
		catch (IOException ex) {
			// It has gone.
			return false;
		}
	}

	/**
	 * Makes a resource of bytes.
	 * @param bytes the bytes
	 * @param lastModified when they were changed last, the epoch if nobody knows
	 */
	static FoundResource of(byte[] bytes, Instant lastModified) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
			return new FoundResource(new MemoryContent(bytes), bytes.length, lastModified,
					HexFormat.of().formatHex(digest, 0, VERSION_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
