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

import java.net.InetAddress;
import java.util.List;

import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.transport.ProxyProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with servers that are mounted on the application's web server.
 */
final class MountCheck {

	private final String server;

	private final ServerMount mount;

	MountCheck(String server, ServerMount mount) {
		this.server = server;
		this.mount = mount;
	}

	MountCheck protocol(String protocol) {
		if (this.mount == ServerMount.WEB && !protocol.equals(WebSocketProtocol.NAME)) {
			throw new ServerConfigurationException(this.server, "mount", "web",
					"is mounted on the web server with protocol '" + protocol + "'",
					"Use protocol websocket, or a port of its own.");
		}
		return this;
	}

	MountCheck address(@Nullable InetAddress address, int port, UnixSettings unix) {
		refuse(port != 0, "port", port);
		refuse(address != null || unix.path() != null, "address", (address != null) ? address : unix.path());
		return this;
	}

	void transport(int threads, SslSettings ssl, ProxyProtocol proxyProtocol) {
		refuse(threads != 0, "threads", threads);
		refuse(ssl.isActive(), "ssl.bundle", ssl.bundle());
		refuse(proxyProtocol != ProxyProtocol.OFF, "proxy-protocol", proxyProtocol);
	}

	private void refuse(boolean present, String property, @Nullable Object value) {
		if (present && this.mount == ServerMount.WEB) {
			throw new ServerConfigurationException(this.server, property, value,
					"is mounted on the web server, and " + property + " is up to that", "Remove " + property
							+ " and set what the web server has for it ('server.*'), or remove the mount.");
		}
	}

	/**
	 * Checks that there is a web server to be mounted on.
	 */
	void checkAttached(boolean attached) {
		if (this.mount == ServerMount.WEB && !attached) {
			throw new ServerConfigurationException(this.server, "mount", "web",
					"is mounted on the application's web server, but there is none on Reactor Netty",
					"Use spring-boot-starter-webflux with its Reactor Netty, which needs"
							+ " 'spring.main.web-application-type=reactive' where Spring MVC is on the class path too;"
							+ " or replace the mount by a port ('workerman.servers." + this.server + ".port').");
		}
	}

	/**
	 * Checks that two mounted servers do not ask for the same connections.
	 */
	static void checkApart(WorkermanServer earlier, WorkermanServer later) {
		List<PathPattern> taken = earlier.paths();
		for (PathPattern path : later.paths()) {
			if (taken.stream().anyMatch(path::overlaps)) {
				throw new ServerConfigurationException(later.name(), "path", path,
						"is mounted on the web server at '" + path + "', where paths of server '" + earlier.name()
								+ "' fit too",
						"Give the servers different paths, or make them one with handlers for each path.");
			}
		}
	}

}
