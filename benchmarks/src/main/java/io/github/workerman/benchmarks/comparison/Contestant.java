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

package io.github.workerman.benchmarks.comparison;

import java.util.EnumSet;
import java.util.Set;

import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.server.RawReactorNettyServer;
import io.github.workerman.benchmarks.server.TunedNettyServer;
import io.github.workerman.benchmarks.server.WebFluxServer;
import io.github.workerman.benchmarks.server.WorkermanServer;

/**
 * The servers that take part.
 */
enum Contestant {

	/** The one that the others are compared with. */
	RAW_REACTOR_NETTY("raw reactor-netty", RawReactorNettyServer.class, EnumSet.allOf(Protocol.class)),

	TUNED_NETTY("tuned Netty", TunedNettyServer.class, EnumSet.allOf(Protocol.class)),

	WEBFLUX("WebFlux", WebFluxServer.class, EnumSet.of(Protocol.WEBSOCKET)),

	WORKERMAN("Workerman for Spring Boot", WorkermanServer.class, EnumSet.allOf(Protocol.class));

	private final String title;

	private final Class<?> program;

	private final Set<Protocol> protocols;

	Contestant(String title, Class<?> program, Set<Protocol> protocols) {
		this.title = title;
		this.program = program;
		this.protocols = protocols;
	}

	String title() {
		return this.title;
	}

	Class<?> program() {
		return this.program;
	}

	boolean speaks(Protocol protocol) {
		return this.protocols.contains(protocol);
	}

}
