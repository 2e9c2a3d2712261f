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

import java.net.InetSocketAddress;

import io.github.workerman.connection.Addresses;
import io.github.workerman.transport.EndpointBindException;
import io.github.workerman.transport.NetworkInterfaces;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Analyzes addresses that a server cannot listen on.
 */
class EndpointBindFailureAnalyzer extends AbstractFailureAnalyzer<EndpointBindException> {

	private final PropertyOrigins origins;

	EndpointBindFailureAnalyzer(@Nullable Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EndpointBindException cause) {
		String key = "address";
		Object value = Addresses.format(cause.address());
		if (cause.address() instanceof InetSocketAddress inet) {
			key = key(cause.problem());
			value = key.equals("port") ? inet.getPort()
					: (inet.getAddress() != null) ? Addresses.format(inet.getAddress()) : inet.getHostString();
		}
		String description = "Server '%s' cannot %s %s: %s.%n%n%s".formatted(cause.server(),
				(cause.problem() == EndpointBindException.Problem.GROUP_NOT_JOINED) ? "join" : "listen on",
				Addresses.format(cause.address()), problem(cause), this.origins.describe(cause.server(), key, value));
		return new FailureAnalysis(description, action(cause, "workerman.servers." + cause.server() + "." + key),
				cause);
	}

	private static String key(EndpointBindException.Problem problem) {
		return switch (problem) {
			case ADDRESS_NOT_AVAILABLE, SCOPE_MISSING -> "address";
			case GROUP_NOT_JOINED -> "udp.multicast-groups";
			default -> "port";
		};
	}

	private static String problem(EndpointBindException cause) {
		return switch (cause.problem()) {
			case IN_USE -> isUnix(cause) ? "another server listens there" : "the port is already in use";
			case PERMISSION_DENIED -> "the operating system does not permit it";
			case NOT_A_SOCKET -> "a file that is no socket is in its place";
			case UNSUPPORTED -> "this system has no Unix domain sockets";
			case ADDRESS_NOT_AVAILABLE -> "the address does not belong to this machine";
			case SCOPE_MISSING -> "the address is valid on each network, and it is not said which one is meant";
			case GROUP_NOT_JOINED, OTHER ->
				String.valueOf((cause.getCause() != null) ? cause.getCause().getMessage() : null);
		};
	}

	private static boolean isUnix(EndpointBindException cause) {
		return !(cause.address() instanceof InetSocketAddress);
	}

	private static String action(EndpointBindException cause, String property) {
		return (cause.address() instanceof InetSocketAddress inet) ? action(cause, inet.getPort(), property)
				: unixAction(cause, property);
	}

	private static String unixAction(EndpointBindException cause, String property) {
		return switch (cause.problem()) {
			case IN_USE -> "Stop what listens there, or set '%s' to another path.".formatted(property);
			case NOT_A_SOCKET -> "Remove the file if nobody needs it, or set '%s' to another path.".formatted(property);
			case PERMISSION_DENIED ->
				"Give the process the right to write to the socket's directory, or set '%s' to a path where it has."
					.formatted(property);
			case UNSUPPORTED -> "Set '%s' to an IP address, and a port.".formatted(property);
			default -> "Check '%s' and that the directory exists.".formatted(property);
		};
	}

	private static String action(EndpointBindException cause, int port, String property) {
		return switch (cause.problem()) {
			case IN_USE -> "Stop what listens on port %d, or set '%s' to another port, or to 0 for any free one."
				.formatted(port, property);
			case PERMISSION_DENIED -> ("Set '%s' to a port above 1023, or give the process the right to use lower ones "
					+ "(on Linux the capability CAP_NET_BIND_SERVICE).")
				.formatted(property);
			case ADDRESS_NOT_AVAILABLE ->
				"Set '%s' to an address of this machine, or leave it out to listen on all.".formatted(property);
			case SCOPE_MISSING ->
				"Append the network interface to '%s', for instance fe80::1%%eth0. This machine has: %s."
					.formatted(property, NetworkInterfaces.list());
			case GROUP_NOT_JOINED -> ("Check '%s', and set 'udp.multicast-interface' beside it to a network interface "
					+ "that is able to multicast. This machine has: %s.")
				.formatted(property, NetworkInterfaces.list());
			case NOT_A_SOCKET, UNSUPPORTED, OTHER -> "Check '%s' and the address beside it.".formatted(property);
		};
	}

}
