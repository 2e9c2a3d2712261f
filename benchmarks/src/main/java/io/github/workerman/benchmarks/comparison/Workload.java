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

import io.github.workerman.benchmarks.Pages;
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
			"--connections 50 --depth 1 --size 16384"),

	W9("http hello, 100 connections, 1 in flight, requests/s", Protocol.HTTP, LoadMode.ECHO,
			"--connections 100 --depth 1"),

	F1K("http file of 1 KiB, 100 connections, requests/s", Protocol.HTTP, LoadMode.ECHO,
			"--connections 100 --path " + Pages.filePath(1024)),

	F64K("http file of 64 KiB, 50 connections, requests/s", Protocol.HTTP, LoadMode.ECHO,
			"--connections 50 --path " + Pages.filePath(64 * 1024)),

	F10M("http file of 10 MiB, 10 connections, requests/s", Protocol.HTTP, LoadMode.ECHO,
			"--connections 10 --path " + Pages.filePath(10 * 1024 * 1024)),

	W1S("W1 over TLS", W1),

	W2S("W2 over TLS", W2),

	W8S("W8 over TLS", W8);

	private final String title;

	private final Protocol protocol;

	private final LoadMode loadMode;

	private final List<String> arguments;

	private final boolean secure;

	Workload(String title, Workload plain) {
		this.title = title;
		this.protocol = plain.protocol;
		this.loadMode = plain.loadMode;
		this.arguments = plain.arguments;
		this.secure = true;
	}

	Workload(String title, Protocol protocol, LoadMode loadMode, String arguments) {
		this.title = title;
		this.protocol = protocol;
		this.loadMode = loadMode;
		this.arguments = List.of(arguments.split(" "));
		this.secure = false;
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

	/**
	 * Returns whether it is done over TLS.
	 * @return whether server and load speak TLS
	 */
	boolean isSecure() {
		return this.secure;
	}

	/**
	 * Returns whether it is files that are asked for.
	 * @return whether the server must serve files
	 */
	boolean needsFiles() {
		return this.arguments.contains("--path");
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
