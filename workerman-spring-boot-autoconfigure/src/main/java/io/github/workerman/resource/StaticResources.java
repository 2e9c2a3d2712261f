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

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Answers requests for files and class path resources. May be used by any thread. Looking
 * for a file asks the operating system, which is quick on a local disk, and is not done
 * again within a second; bytes are not read, but for the first request for a resource
 * within an archive.
 * <p>
 * What is answered follows RFC 9110: entity tags and dates with 304 and 412, single
 * ranges with 206 and 416, {@code HEAD}. A file {@code a.js.br} or {@code a.js.gz} beside
 * {@code a.js} goes to clients that accept that encoding. A directory is answered with
 * its welcome page only. Nothing outside of the locations can be reached, whatever the
 * path looks like, nor anything whose name begins with a dot, but for
 * {@code /.well-known/}.
 */
public final class StaticResources {

	private static final MediaTypes MEDIA_TYPES = new MediaTypes();

	private static final String CACHE_CONTROL = "Cache-Control";

	private static final String VARY = "Vary";

	private static final List<String> KNOWN = List.of(CACHE_CONTROL, "ETag", "Last-Modified", VARY, "Content-Type",
			"X-Content-Type-Options", "Accept-Ranges", "Content-Encoding", "Content-Length", "Content-Range");

	private static final String REVALIDATE = "no-cache";

	private static final Map<String, String> ALONE = Map.of(CACHE_CONTROL, REVALIDATE);

	private static final Map<String, String> ALLOW = Map.of("Allow", "GET, HEAD, OPTIONS");

	private final StaticResourcesSettings settings;

	private final List<ResourceLocation> locations;

	private final String prefix;

	private final Map<String, String> headers;

	private final RecentVariants recent = new RecentVariants();

	private StaticResources(StaticResourcesSettings settings, List<ResourceLocation> locations) {
		this.settings = settings;
		this.locations = locations;
		String path = settings.path();
		this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		Duration maxAge = settings.maxAge();
		this.headers = new LinkedHashMap<>();
		this.headers.put(CACHE_CONTROL, (maxAge != null) ? "max-age=" + maxAge.toSeconds() : REVALIDATE);
		settings.headers().forEach((name, value) -> this.headers.put(known(name), value));
	}

	/* Whatever case it is written in, it is the one field. */
	private static String known(String name) {
		return KNOWN.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
	}

	/**
	 * Prepares to answer.
	 * @param settings what is served
	 * @param classLoader where {@code classpath:} locations are looked for
	 * @return the resources
	 * @throws ResourceLocationException if there is no such location
	 */
	public static StaticResources create(StaticResourcesSettings settings, ClassLoader classLoader) {
		List<ResourceLocation> locations = new ArrayList<>();
		ResourceLocations resolver = new ResourceLocations(classLoader);
		settings.location().forEach((location) -> locations.addAll(resolver.resolve(location)));
		return new StaticResources(settings, List.copyOf(locations));
	}

	/**
	 * Answers a request.
	 * @param method the method
	 * @param path the path as it stands in the request, without query
	 * @param headers returns the value of a request header, or {@code null}
	 * @return the answer, or {@code null} if there is no such resource
	 */
	public @Nullable ResourceAnswer answer(String method, String path, Function<String, @Nullable String> headers) {
		Variants known = this.recent.get(path);
		if (known != null) {
			return answer(method, headers, known, this.headers);
		}
		ResourcePath resource = resourcePath(path);
		if (resource == null) {
			return null;
		}
		List<String> names = resource.names();
		if (resource.directory()) {
			names = append(names, this.settings.welcomePage());
		}
		for (ResourceLocation location : this.locations) {
			FoundResource found = location.find(names);
			if (found != null) {
				Variants variants = new Variants(location, names, found);
				this.recent.put(path, variants);
				return answer(method, headers, variants, this.headers);
			}
			if (!resource.directory() && location.isDirectory(names)
					&& location.find(append(names, this.settings.welcomePage())) != null) {
				return ResourceAnswer.empty(308, Map.of("Location", path + "/", "Content-Length", "0"));
			}
		}
		return null;
	}

	private @Nullable ResourcePath resourcePath(String path) {
		if (!path.startsWith(this.prefix)) {
			return null;
		}
		String rest = path.substring(this.prefix.length());
		return (rest.isEmpty() && !path.isEmpty()) ? new ResourcePath(List.of(), false) : ResourcePath.parse(rest);
	}

	private static List<String> append(List<String> names, String name) {
		List<String> all = new ArrayList<>(names);
		all.add(name);
		return all;
	}

	/**
	 * Answers a request with a certain file, wherever it is and whatever its name.
	 * @param file the file
	 * @param method the method of the request
	 * @param headers returns the value of a request header, or {@code null}
	 * @return the answer, or {@code null} if there is no such file
	 */
	public static @Nullable ResourceAnswer answer(Path file, String method,
			Function<String, @Nullable String> headers) {
		FoundResource found = FoundResource.of(file);
		Path name = file.getFileName();
		return (found != null && name != null) ? answer(method, headers, new Variants(name.toString(), found), ALONE)
				: null;
	}

	/**
	 * Answers a request with certain bytes.
	 * @param name tells their type, as a file's name does
	 * @param bytes the bytes, not to be changed any more
	 * @param method the method of the request
	 * @param headers returns the value of a request header, or {@code null}
	 * @return the answer
	 */
	public static ResourceAnswer answer(String name, byte[] bytes, String method,
			Function<String, @Nullable String> headers) {
		return answer(method, headers, new Variants(name, FoundResource.of(bytes, Instant.EPOCH)), ALONE);
	}

	private static ResourceAnswer answer(String method, Function<String, @Nullable String> headers, Variants variants,
			Map<String, String> further) {
		boolean head = method.equals("HEAD");
		if (!head && !method.equals("GET")) {
			return method.equals("OPTIONS") ? ResourceAnswer.empty(204, ALLOW) : ResourceAnswer.empty(405, ALLOW);
		}
		Precompressed encoding = variants.choose(headers.apply("Accept-Encoding"));
		FoundResource found = variants.resource(encoding);
		String tag = '"' + found.version() + ((encoding != null) ? "-" + encoding.coding() : "") + '"';
		Map<String, String> answer = new LinkedHashMap<>();
		answer.put("ETag", tag);
		if (found.lastModified().isAfter(Instant.EPOCH)) {
			answer.put("Last-Modified", HttpDate.format(found.lastModified()));
		}
		answer.putAll(further);
		if (variants.areThere()) {
			answer.merge(VARY, "Accept-Encoding", (own, ours) -> own + ", " + ours);
		}
		Preconditions conditions = new Preconditions(headers, tag, found.lastModified());
		int status = conditions.status();
		if (status != 200) {
			if (status == 412) {
				answer.put("Content-Length", "0");
			}
			return ResourceAnswer.empty(status, answer);
		}
		answer.put("Content-Type", MEDIA_TYPES.of(variants.name()));
		answer.put("X-Content-Type-Options", "nosniff");
		answer.put("Accept-Ranges", "bytes");
		if (encoding != null) {
			answer.put("Content-Encoding", encoding.coding());
		}
		String header = (!head && conditions.allowRange()) ? headers.apply("Range") : null;
		ByteRange range = (header != null) ? ByteRange.parse(header, found.size()) : null;
		return (range != null) ? part(found, range, answer)
				: content(200, found, new ByteRange(0, found.size()), answer);
	}

	private static ResourceAnswer part(FoundResource found, ByteRange range, Map<String, String> answer) {
		if (!range.isSatisfiable()) {
			return ResourceAnswer.empty(416, Map.of("Content-Range", "bytes */" + found.size(), "Content-Length", "0",
					"Accept-Ranges", "bytes"));
		}
		answer.put("Content-Range",
				"bytes " + range.offset() + "-" + (range.offset() + range.length() - 1) + "/" + found.size());
		return content(206, found, range, answer);
	}

	private static ResourceAnswer content(int status, FoundResource found, ByteRange range,
			Map<String, String> answer) {
		answer.put("Content-Length", String.valueOf(range.length()));
		return new ResourceAnswer(status, answer, found.content(), range.offset(), range.length());
	}

}
