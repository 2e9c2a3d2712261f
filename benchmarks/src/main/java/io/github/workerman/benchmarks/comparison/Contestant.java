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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
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

	TUNED_NETTY("tuned Netty", TunedNettyServer.class, EnumSet.complementOf(EnumSet.of(Protocol.HTTP))),

	WEBFLUX("WebFlux", WebFluxServer.class, EnumSet.of(Protocol.WEBSOCKET, Protocol.HTTP)),

	WORKERMAN("Workerman for Spring Boot", WorkermanServer.class, EnumSet.allOf(Protocol.class)),

	/** Takes part if it is asked for. */
	RAW_FRAMING("raw reactor-netty, framing handled", RawReactorNettyServer.class,
			EnumSet.of(Protocol.TEXT, Protocol.FRAME), "--framing", "strip"),

	/** Takes part if it is asked for. */
	WORKERMAN_POOL("Workerman, handlers on a pool", WorkermanServer.class, EnumSet.allOf(Protocol.class), "--handlers",
			"pool"),

	/** Takes part if it is asked for. */
	WORKERMAN_VIRTUAL("Workerman, handlers on virtual threads", WorkermanServer.class, EnumSet.allOf(Protocol.class),
			"--handlers", "virtual");

	private final String title;

	private final Class<?> program;

	private final Set<Protocol> protocols;

	private final List<String> arguments;

	Contestant(String title, Class<?> program, Set<Protocol> protocols, String... arguments) {
		this.title = title;
		this.program = program;
		this.protocols = protocols;
		this.arguments = List.of(arguments);
	}

	/**
	 * Returns those that take part if nothing else is said.
	 * @return the servers as one would write them first
	 */
	static List<Contestant> standard() {
		return Arrays.stream(values()).filter((contestant) -> contestant.arguments.isEmpty()).toList();
	}

	String title() {
		return this.title;
	}

	Class<?> program() {
		return this.program;
	}

	/**
	 * Returns what the program is told beside what all are told.
	 * @return further arguments
	 */
	List<String> arguments() {
		return this.arguments;
	}

	boolean takesPart(Workload workload) {
		boolean most = this != TUNED_NETTY && this != WEBFLUX;
		return this.protocols.contains(workload.protocol())
				&& (most || !(workload.isSecure() || workload.needsFiles()));
	}

}
