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

import java.util.List;
import java.util.Locale;

import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.load.LoadMode;
import io.github.workerman.benchmarks.load.LoadResult;
import io.github.workerman.benchmarks.server.Mode;

/**
 * What is measured.
 */
enum Workload {

	W1("websocket echo 64 B, 100 connections, 1 in flight, msg/s", Protocol.WEBSOCKET, LoadMode.ECHO,
			"--connections 100 --depth 1 --size 64"),

	W2("websocket echo 64 B, 100 connections, 16 in flight, msg/s", Protocol.WEBSOCKET, LoadMode.ECHO,
			"--connections 100 --depth 16 --size 64"),

	W3("broadcast 100 B to 1,000, 1 in flight, deliveries/s", Protocol.WEBSOCKET, LoadMode.BROADCAST,
			"--connections 1000 --size 100"),

	W3W("broadcast 100 B to 1,000, 16 in flight, deliveries/s", Protocol.WEBSOCKET, LoadMode.BROADCAST,
			"--connections 1000 --size 100 --window 16"),

	W4("broadcast 100 B to 10,000, 1 in flight, deliveries/s", Protocol.WEBSOCKET, LoadMode.BROADCAST,
			"--connections 10000 --size 100"),

	W5("10,000 idle websocket connections, resident bytes each", Protocol.WEBSOCKET, LoadMode.IDLE,
			"--connections 10000"),

	W6("connect, handshake, echo, close, per second", Protocol.WEBSOCKET, LoadMode.CONNECT,
			"--connections 100 --size 64"),

	W7("text echo 64 B, 100 connections, 16 in flight, msg/s", Protocol.TEXT, LoadMode.ECHO,
			"--connections 100 --depth 16 --size 64"),

	W7F("frame echo 64 B, 100 connections, 16 in flight, msg/s", Protocol.FRAME, LoadMode.ECHO,
			"--connections 100 --depth 16 --size 64"),

	W8("websocket echo 16 KiB, 50 connections, 1 in flight, msg/s", Protocol.WEBSOCKET, LoadMode.ECHO,
			"--connections 50 --depth 1 --size 16384");

	private final String title;

	private final Protocol protocol;

	private final LoadMode loadMode;

	private final List<String> arguments;

	Workload(String title, Protocol protocol, LoadMode loadMode, String arguments) {
		this.title = title;
		this.protocol = protocol;
		this.loadMode = loadMode;
		this.arguments = List.of(arguments.split(" "));
	}

	/**
	 * Returns the short name, for instance {@code W3w}.
	 * @return the name
	 */
	String id() {
		return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
	}

	String title() {
		return this.title;
	}

	Protocol protocol() {
		return this.protocol;
	}

	Mode serverMode() {
		return (this.loadMode == LoadMode.BROADCAST) ? Mode.BROADCAST : Mode.ECHO;
	}

	LoadMode loadMode() {
		return this.loadMode;
	}

	List<String> arguments() {
		return this.arguments;
	}

	double figureOf(LoadResult result) {
		return (this.loadMode == LoadMode.IDLE) ? result.bytesPerConnection() : result.rate();
	}

}
