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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URL;
import java.net.URLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A directory of the class path within archives. What was read once is kept as long as
 * there is memory: it does not change while the application runs.
 */
final class ClassPathLocation implements ResourceLocation {

	private final ClassLoader classLoader;

	private final String root;

	/* Holds what exists only, so that requests for anything else cannot fill it. */
	private final Map<String, SoftReference<FoundResource>> read = new ConcurrentHashMap<>();

	ClassPathLocation(ClassLoader classLoader, String root) {
		this.classLoader = classLoader;
		this.root = root;
	}

	@Override
	public @Nullable FoundResource find(List<String> names) {
		String name = name(names);
		SoftReference<FoundResource> reference = this.read.get(name);
		FoundResource found = (reference != null) ? reference.get() : null;
		if (found == null && !names.isEmpty() && !isDirectory(names)) {
			found = read(name);
			if (found != null) {
				this.read.put(name, new SoftReference<>(found));
			}
		}
		return found;
	}

	@Override
	public boolean isDirectory(List<String> names) {
		return this.classLoader.getResource(name(names) + "/") != null;
	}

	private String name(List<String> names) {
		return names.isEmpty() ? this.root : this.root + "/" + String.join("/", names);
	}

	private @Nullable FoundResource read(String name) {
		URL url = this.classLoader.getResource(name);
		if (url == null) {
			return null;
		}
		try {
			URLConnection connection = url.openConnection();
			try (InputStream in = connection.getInputStream()) {
				byte[] bytes = in.readAllBytes();
				Instant modified = Instant.ofEpochMilli(connection.getLastModified()).truncatedTo(ChronoUnit.SECONDS);
				return FoundResource.of(bytes, modified);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Class path resource '" + name + "' cannot be read", ex);
		}
	}

	@Override
	public String toString() {
		return "classpath:/" + this.root;
	}

}
