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

package io.github.workerman.transport.udp;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is special about a server of the protocol {@code udp}.
 *
 * @param codec the name of the protocol that finds messages in datagrams and makes
 * datagrams of messages, or {@code null} if they are the same
 * @param multicastGroups the groups whose datagrams are received too
 * @param multicastInterface the name of the network interface on which they are joined,
 * or {@code null} for the first that can
 */
public record UdpSettings(@Nullable String codec, List<InetAddress> multicastGroups,
		@Nullable String multicastInterface) {

	/** Datagrams are messages, no groups. */
	public static final UdpSettings DEFAULT = new UdpSettings(null, List.of(), null);

	/**
	 * Creates settings.
	 */
	public UdpSettings {
		multicastGroups = List.copyOf(multicastGroups);
	}

}
