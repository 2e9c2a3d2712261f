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

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.frame.FrameProtocol;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.protocol.tcp.TcpProtocol;
import io.github.workerman.protocol.text.TextProtocol;
import io.github.workerman.protocol.udp.UdpProtocol;
import io.github.workerman.protocol.websocket.WebSocketProtocol;

/**
 * Built-in protocols that have something in common.
 */
enum ProtocolSet {

	/** Those that begin with an HTTP request. */
	HANDSHAKES(WebSocketProtocol.NAME, HttpProtocol.NAME),

	/** Those of connections. */
	STREAMS(HANDSHAKES, TextProtocol.NAME, FrameProtocol.NAME, LengthFieldProtocol.NAME, DelimiterProtocol.NAME,
			TcpProtocol.NAME),

	/** Every one of them. */
	ALL(STREAMS, UdpProtocol.NAME),

	/** The protocol websocket. */
	WEBSOCKET(WebSocketProtocol.NAME),

	/** The protocol http. */
	HTTP(HttpProtocol.NAME),

	/**
	 * Those that are told where a message ends, and datagrams in whose codec they are.
	 */
	FRAMES(LengthFieldProtocol.NAME, DelimiterProtocol.NAME, UdpProtocol.NAME),

	/** The protocol udp. */
	UDP(UdpProtocol.NAME);

	private final Set<String> names;

	ProtocolSet(String... names) {
		this.names = Set.of(names);
	}

	ProtocolSet(ProtocolSet others, String... names) {
		this.names = Stream.concat(others.names.stream(), Stream.of(names)).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Tells whether a protocol is one of them.
	 * @param protocol the protocol's name
	 */
	boolean contains(String protocol) {
		return this.names.contains(protocol);
	}

	/**
	 * Returns the names of the protocols in alphabetical order.
	 */
	List<String> names() {
		return this.names.stream().sorted().toList();
	}

}
