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

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Servers of the protocol {@code udp}.
 */
public class UdpProperties {

	/**
	 * Name of the protocol that finds messages in datagrams and makes datagrams of
	 * messages. Datagrams are messages when not set.
	 */
	private @Nullable String codec;

	/**
	 * Comma-separated list of the multicast groups to join.
	 */
	private @Nullable List<InetAddress> multicastGroups;

	/**
	 * Name of the network interface on which multicast groups are joined. The first that
	 * is able to multicast when not set.
	 */
	private @Nullable String multicastInterface;

	public @Nullable String getCodec() {
		return this.codec;
	}

	public void setCodec(@Nullable String codec) {
		this.codec = codec;
	}

	public @Nullable List<InetAddress> getMulticastGroups() {
		return this.multicastGroups;
	}

	public void setMulticastGroups(@Nullable List<InetAddress> multicastGroups) {
		this.multicastGroups = multicastGroups;
	}

	public @Nullable String getMulticastInterface() {
		return this.multicastInterface;
	}

	public void setMulticastInterface(@Nullable String multicastInterface) {
		this.multicastInterface = multicastInterface;
	}

}
