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

package io.github.workerman.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.workerman.http.Http2Settings;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSessionCookie;
import io.github.workerman.http.HttpSessionSettings;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.resource.StaticResourcesSettings;
import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.server.ServerDefinitionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The part of a server's definition that is about HTTP.
 */
final class PropertiesHttpSettings {

	private final String name;

	private final InheritedValues<ServerProperties> server;

	PropertiesHttpSettings(String name, InheritedValues<ServerProperties> server) {
		this.name = name;
		this.server = server;
	}

	/**
	 * Tells a builder what is set.
	 * @param builder the builder
	 * @throws ServerConfigurationException if a value is not valid
	 */
	void mapTo(ServerDefinitionBuilder builder) {
		builder.http(http());
		builder.session(session());
		builder.staticResources(staticResources());
	}

	private HttpSettings http() {
		HttpSettings standard = HttpSettings.DEFAULT;
		InheritedValues<HttpProperties> http = this.server.group(ServerProperties::getHttp);
		return new HttpSettings(http.get(HttpProperties::getRequestTimeout, standard.requestTimeout()),
				http.get(HttpProperties::getIdleTimeout, standard.idleTimeout()),
				http.get(HttpProperties::getSendTimeout, standard.sendTimeout()),
				http.get(HttpProperties::getMaxTargetSize, standard.maxTargetSize()),
				http.get(HttpProperties::getUploadThreshold, standard.uploadThreshold()), http2(standard.http2()));
	}

	private Http2Settings http2(Http2Settings standard) {
		InheritedValues<Http2Properties> http2 = this.server.group(ServerProperties::getHttp2);
		return new Http2Settings(http2.get(Http2Properties::getEnabled, standard.enabled()),
				http2.get(Http2Properties::getMaxConcurrentStreams, standard.maxConcurrentStreams()));
	}

	private HttpSessionSettings session() {
		HttpSessionSettings off = HttpSessionSettings.OFF;
		InheritedValues<HttpSessionProperties> session = this.server.group((source) -> source.getHttp().getSession());
		return new HttpSessionSettings(session.get(HttpSessionProperties::getEnabled, off.enabled()),
				session.get(HttpSessionProperties::getTimeout, off.timeout()),
				session.get(HttpSessionProperties::getMaxSessions, off.maxSessions()),
				cookie(session.group(HttpSessionProperties::getCookie), off.cookie()));
	}

	private HttpSessionCookie cookie(InheritedValues<HttpSessionProperties.Cookie> cookie, HttpSessionCookie standard) {
		return new HttpSessionCookie(cookie.get(HttpSessionProperties.Cookie::getName, standard.name()),
				cookie.get(HttpSessionProperties.Cookie::getPath, standard.path()),
				cookie.get(HttpSessionProperties.Cookie::getSecure),
				cookie.get(HttpSessionProperties.Cookie::getHttpOnly, standard.httpOnly()),
				cookie.get(HttpSessionProperties.Cookie::getSameSite, standard.sameSite()));
	}

	private @Nullable StaticResourcesSettings staticResources() {
		InheritedValues<StaticProperties> resources = this.server.group(ServerProperties::getStatic);
		List<String> locations = resources.get(StaticProperties::getLocation);
		if (locations == null || locations.isEmpty()) {
			return null;
		}
		String path = resources.get(StaticProperties::getPath, "/");
		String welcomePage = resources.get(StaticProperties::getWelcomePage, "index.html");
		if (!path.startsWith("/")) {
			throw new ServerConfigurationException(this.name, "static.path", path, "has static path '" + path + "'",
					"A path begins with a slash, for instance '/files/'.");
		}
		Duration maxAge = resources.get(StaticProperties::getMaxAge);
		if (maxAge != null && maxAge.isNegative()) {
			throw new ServerConfigurationException(this.name, "static.max-age", maxAge,
					"has a static.max-age of " + maxAge,
					"Use a duration such as 1h, or leave it out to have copies checked each time.");
		}
		Map<String, String> headers = resources.entries(StaticProperties::getHeaders);
		headers.forEach(this::checkHeader);
		try {
			return new StaticResourcesSettings(locations, path, welcomePage, maxAge, headers);
		}
		catch (IllegalArgumentException ex) {
			// All but the welcome page has been checked.
			throw new ServerConfigurationException(this.name, "static.welcome-page", welcomePage,
					"has welcome page '" + welcomePage + "'", "Name a file without a directory, such as index.html.");
		}
	}

	private void checkHeader(String header, String value) {
		try {
			HttpResponse.of(200).withHeader(header, value);
		}
		catch (IllegalArgumentException ex) {
			throw new ServerConfigurationException(this.name, "static.headers." + header, value,
					"has a header that cannot be sent: " + ex.getMessage(),
					"Use a name of letters, digits and dashes, and a value without line breaks.");
		}
	}

}
