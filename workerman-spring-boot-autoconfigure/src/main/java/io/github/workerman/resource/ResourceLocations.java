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
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes locations of what is configured.
 */
final class ResourceLocations {

	private static final String CLASSPATH = "classpath:";

	private static final String FILE = "file:";

	private final ClassLoader classLoader;

	ResourceLocations(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	List<ResourceLocation> resolve(String location) {
		if (location.startsWith(CLASSPATH)) {
			return classPath(location);
		}
		if (location.startsWith(FILE)) {
			return List.of(directory(location));
		}
		throw new ResourceLocationException(location, "is neither on the class path nor a directory",
				"Begin it with 'classpath:/' or 'file:/', for instance 'classpath:/static/'");
	}

	private static ResourceLocation directory(String location) {
		try {
			String path = location.substring(FILE.length());
			Path directory = path.startsWith("///") ? Path.of(new URI(location)) : Path.of(path);
			if (!Files.isDirectory(directory)) {
				throw new ResourceLocationException(location, "is not a directory",
						"Create '" + directory.toAbsolutePath() + "' or name another directory");
			}
			return new DirectoryLocation(directory);
		}
		catch (URISyntaxException | InvalidPathException ex) {
			throw new ResourceLocationException(location, "is not the path of a directory",
					"Write the path behind 'file:', for instance 'file:/srv/www/'");
		}
	}

	private List<ResourceLocation> classPath(String location) {
		String root = location.substring(CLASSPATH.length()).replaceAll("^/+|/+$", "");
		if (root.isEmpty()) {
			throw new ResourceLocationException(location, "is the whole class path, with the configuration in it",
					"Name a directory of it, for instance 'classpath:/static/'");
		}
		List<ResourceLocation> locations = new ArrayList<>();
		try {
			boolean inArchive = false;
			for (URL url : Collections.list(this.classLoader.getResources(root + "/"))) {
				if (url.getProtocol().equals("file")) {
					locations.add(new DirectoryLocation(Path.of(url.toURI())));
				}
				else {
					inArchive = true;
				}
			}
			if (inArchive) {
				locations.add(new ClassPathLocation(this.classLoader, root));
			}
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException("The class path cannot be searched for '" + location + "'", ex);
		}
		if (locations.isEmpty()) {
			throw new ResourceLocationException(location, "does not exist",
					"Create 'src/main/resources/" + root + "/' or name another directory");
		}
		return locations;
	}

}
