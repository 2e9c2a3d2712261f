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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Content types by file name extension, from a table of our own: that of the JDK differs
 * from system to system, and a wrong type lets a browser refuse a script.
 */
final class MediaTypes {

	private static final String UNKNOWN = "application/octet-stream";

	private final Map<String, String> types = new HashMap<>();

	MediaTypes() {
		Properties table = new Properties();
		try (InputStream in = MediaTypes.class.getResourceAsStream("media-types.properties")) {
			table.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		table.stringPropertyNames().forEach((type) -> {
			for (String extension : table.getProperty(type).split(" ")) {
				this.types.put(extension, type);
			}
		});
	}

	/**
	 * Returns the type of a file, with the character set for text.
	 */
	String of(String fileName) {
		int dot = fileName.lastIndexOf('.');
		String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
		String type = (dot >= 0) ? this.types.getOrDefault(extension, UNKNOWN) : UNKNOWN;
		return isText(type) ? type + ";charset=utf-8" : type;
	}

	private static boolean isText(String type) {
		return type.startsWith("text/") || type.endsWith("+xml") || type.equals("application/xml")
				|| type.equals("application/manifest+json");
	}

}
