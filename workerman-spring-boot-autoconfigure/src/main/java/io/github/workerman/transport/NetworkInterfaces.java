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

import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * The network interfaces of this machine, for messages that list them. Usable from any
 * thread.
 */
public final class NetworkInterfaces {

	private NetworkInterfaces() {
	}

	/**
	 * Lists the interfaces that are up.
	 * @return their names in alphabetical order, separated by commas, or {@code none}
	 */
	public static String list() {
		String names;
		try {
			names = String.join(", ",
					NetworkInterface.networkInterfaces()
						.filter(NetworkInterfaces::isUp)
						.map(NetworkInterface::getName)
						.sorted()
						.toList());
		}
		catch (SocketException ex) {
			return "unknown: " + ex.getMessage();
		}
		return names.isEmpty() ? "none" : names;
	}

	/**
	 * Tells whether there is an interface, up or not.
	 * @param name the name
	 * @return whether this machine has it
	 */
	public static boolean exists(String name) {
		try {
			return NetworkInterface.getByName(name) != null;
		}
		catch (SocketException ex) {
			return false;
		}
	}

	private static boolean isUp(NetworkInterface network) {
		try {
			return network.isUp();
		}
		catch (SocketException ex) {
			// It went meanwhile.
			return false;
		}
	}

}
