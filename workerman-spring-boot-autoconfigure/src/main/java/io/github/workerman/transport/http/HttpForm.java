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

package io.github.workerman.transport.http;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.http.UploadedFile;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart form. They are added by one thread and may be released by
 * another one meanwhile.
 */
final class HttpForm {

	/* As many as there may be parameters; each takes many times its size. */
	private static final int MOST = 10_000;

	private final Queue<HttpData> parts = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	private volatile boolean released;

	/**
	 * Adds a part, which is retained.
	 * @throws TooManyPartsException if there are too many
	 */
	void add(HttpData part) {
		if (this.count.incrementAndGet() > MOST) {
			throw new TooManyPartsException();
		}
		this.parts.add(part.retain());
		if (this.released) {
			release();
		}
	}

	Map<String, List<String>> fields() throws IOException {
		Map<String, List<String>> fields = new LinkedHashMap<>();
		for (HttpData part : this.parts) {
			if (part instanceof Attribute attribute) {
				fields.computeIfAbsent(attribute.getName(), (name) -> new ArrayList<>(1)).add(attribute.getValue());
			}
		}
		return fields;
	}

	List<UploadedFile> files() {
		List<UploadedFile> files = new ArrayList<>();
		for (HttpData part : this.parts) {
			if (part instanceof FileUpload file) {
				files.add(new NettyUploadedFile(file));
			}
		}
		return files;
	}

	/**
	 * Gives memory and temporary files back.
	 */
	void release() {
		this.released = true;
		for (HttpData part = this.parts.poll(); part != null; part = this.parts.poll()) {
			part.release();
		}
	}

	static final class TooManyPartsException extends RuntimeException {

		private TooManyPartsException() {
			super("More than " + MOST + " parts", null, false, false);
		}

	}

	private record NettyUploadedFile(FileUpload file) implements UploadedFile {

		@Override
		public String name() {
			return this.file.getName();
		}

		@Override
		public String fileName() {
			String name = this.file.getFilename();
			return (name != null) ? name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1) : "";
		}

		@Override
		public @Nullable String contentType() {
			return this.file.getContentType();
		}

		@Override
		public long size() {
			return this.file.length();
		}

		@Override
		public boolean isInMemory() {
			return this.file.isInMemory();
		}

		@Override
		public byte[] bytes() throws IOException {
			return this.file.get();
		}

		@Override
		public String toString() {
			String text = name() + ": " + fileName() + ", " + size() + " bytes, " + contentType();
			return text.replaceAll("\\p{Cntrl}", "?");
		}

		@Override
		public void transferTo(Path target) throws IOException {
			if (Files.exists(target)) {
				throw new FileAlreadyExistsException(target.toString());
			}
			if (!this.file.renameTo(target.toFile())) {
				throw new IOException("The uploaded file could not be moved");
			}
		}

	}

}
