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

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.PeerContext;

/**
 * What the sockets of one endpoint share.
 */
final class UdpContext extends PeerContext {

	/** What fits a datagram over IPv4. */
	private static final int LARGEST_DATAGRAM = 65_507;

	UdpContext(EndpointSettings settings, CodecFactory codecs, EndpointEnvironment environment) {
		super(settings, codecs, environment.listener(), environment);
	}

	/**
	 * Returns how large a received datagram may be.
	 */
	int largest() {
		return Math.min(settings().maxMessageSize(), LARGEST_DATAGRAM);
	}

}
