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

package io.github.workerman.transport;

import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

import io.github.workerman.connection.Addresses;

/**
 * A server cannot listen where it should.
 */
public class EndpointBindException extends RuntimeException {

	private final String server;

	private final SocketAddress address;

	private final Problem problem;

	/**
	 * Creates an exception.
	 * @param server the server's name
	 * @param address where it should listen
	 * @param problem what is wrong
	 * @param cause the system's error
	 */
	public EndpointBindException(String server, SocketAddress address, Problem problem, Throwable cause) {
		super("Server '" + server + "' cannot listen on " + Addresses.format(address) + ": " + reason(cause), cause);
		this.server = server;
		this.address = address;
		this.problem = problem;
	}

	/**
	 * Finds out what is wrong.
	 * @param server the server
	 * @param address the address that could not be bound
	 * @param failure what was reported
	 * @return the failure with its address and problem, to be thrown
	 */
	public static EndpointBindException of(String server, SocketAddress address, Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && !(cause instanceof BindException)) {
			cause = cause.getCause();
		}
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		Problem problem = Problem.OTHER;
		if (message.contains("in use")) {
			problem = Problem.IN_USE;
		}
		else if (message.contains("permission denied")) {
			problem = Problem.PERMISSION_DENIED;
		}
		else if (message.contains("cannot assign") || cause instanceof UnresolvedAddressException) {
			problem = Problem.ADDRESS_NOT_AVAILABLE;
		}
		else if (cause instanceof UnsupportedOperationException) {
			problem = Problem.UNSUPPORTED;
		}
		else if (lacksScope(address)) {
			problem = Problem.SCOPE_MISSING;
		}
		return new EndpointBindException(server, address, problem, cause);
	}

	private static boolean lacksScope(SocketAddress address) {
		return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address ipv6
				&& ipv6.isLinkLocalAddress() && ipv6.getScopeId() == 0 && ipv6.getScopedInterface() == null;
	}

	private static String reason(Throwable cause) {
		if (cause instanceof UnresolvedAddressException) {
			return "unknown host";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

	/**
	 * Returns the server's name.
	 * @return the name
	 */
	public String server() {
		return this.server;
	}

	/**
	 * Returns where the server should listen.
	 * @return the address
	 */
	public SocketAddress address() {
		return this.address;
	}

	/**
	 * Returns what is wrong.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * What can be wrong with an address.
	 */
	public enum Problem {

		/** Something else listens there. */
		IN_USE,

		/** The process is not allowed to listen there. */
		PERMISSION_DENIED,

		/** A file that is no socket is in the place of a Unix domain socket. */
		NOT_A_SOCKET,

		/** The system or the transport knows no such addresses. */
		UNSUPPORTED,

		/** The address does not belong to this machine. */
		ADDRESS_NOT_AVAILABLE,

		/** The address is one of many networks, and its network interface is not said. */
		SCOPE_MISSING,

		/** A multicast group cannot be joined. */
		GROUP_NOT_JOINED,

		/** Anything else. */
		OTHER

	}

}
