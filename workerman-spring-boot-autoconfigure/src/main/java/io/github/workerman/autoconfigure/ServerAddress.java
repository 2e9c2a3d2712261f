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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.transport.NetworkInterfaces;
import org.jspecify.annotations.Nullable;

/**
 * What the property {@code address} may say.
 *
 * @param ip an address of this machine, or {@code null} for all or none
 * @param path where a Unix domain socket is, or {@code null}
 */
record ServerAddress(@Nullable InetAddress ip, @Nullable Path path) {

	private static final String UNIX = "unix:";

	static ServerAddress of(String server, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return new ServerAddress(null, null);
		}
		try {
			if (text.startsWith(UNIX)) {
				return new ServerAddress(null, Path.of(text.substring(UNIX.length())));
			}
			return new ServerAddress(InetAddress.getByName(text), null);
		}
		catch (UnknownHostException | InvalidPathException ex) {
			int scope = text.indexOf('%');
			if (scope >= 0 && !NetworkInterfaces.exists(text.substring(scope + 1))) {
				throw new ServerConfigurationException(server, "address", text,
						"has address '" + text + "', whose network interface does not exist",
						"Use one of this machine behind the percent sign: " + NetworkInterfaces.list() + ".");
			}
			throw new ServerConfigurationException(server, "address", text,
					"has address '" + text + "', which is not known",
					"Use an IP address or a host name of this machine, unix: and the absolute path of a Unix domain "
							+ "socket, or leave it out to listen on all IP addresses.");
		}
	}

}
