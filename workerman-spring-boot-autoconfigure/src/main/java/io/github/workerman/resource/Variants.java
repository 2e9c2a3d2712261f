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

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A resource and its encodings that lie beside it. Only those count that are no older
 * than the resource: a forgotten one would hide a change.
 */
final class Variants {

	private final FoundResource plain;

	private final String name;

	private final Map<Precompressed, FoundResource> encoded = new EnumMap<>(Precompressed.class);

	/**
	 * A resource that stands alone.
	 */
	Variants(String name, FoundResource plain) {
		this.plain = plain;
		this.name = name;
	}

	/**
	 * A resource with what lies beside it.
	 */
	Variants(ResourceLocation location, List<String> names, FoundResource plain) {
		this(names.get(names.size() - 1), plain);
		for (Precompressed encoding : Precompressed.values()) {
			List<String> beside = new ArrayList<>(names);
			beside.set(names.size() - 1, this.name + encoding.suffix());
			FoundResource found = location.find(beside);
			if (found != null && !found.lastModified().isBefore(plain.lastModified())) {
				this.encoded.put(encoding, found);
			}
		}
	}

	String name() {
		return this.name;
	}

	/**
	 * Tells whether the answer depends on what the client accepts.
	 */
	boolean areThere() {
		return !this.encoded.isEmpty();
	}

	/**
	 * Tells whether these are files that have not changed since.
	 */
	boolean areUnchanged() {
		if (!this.plain.isUnchangedFile()) {
			return false;
		}
		for (FoundResource found : this.encoded.values()) {
			if (!found.isUnchangedFile()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns the best encoding that the client takes, or {@code null} for none.
	 */
	@Nullable Precompressed choose(@Nullable String acceptEncoding) {
		for (Precompressed encoding : this.encoded.keySet()) {
			if (encoding.isAccepted(acceptEncoding)) {
				return encoding;
			}
		}
		return null;
	}

	FoundResource resource(@Nullable Precompressed encoding) {
		return (encoding != null) ? this.encoded.getOrDefault(encoding, this.plain) : this.plain;
	}

}
