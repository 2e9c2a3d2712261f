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

import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.transport.tls.TlsTermination;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint works with.
 *
 * @param loops the event loops of its connections
 * @param connections where its connections are registered
 * @param messages turns objects that are sent into text
 * @param listener learns what happens
 * @param customizer has the last word on the reactor-netty server
 * @param tls encrypts its connections, or {@code null} for none of that
 */
public record EndpointEnvironment(EventLoops loops, Connections connections, MessageCodec messages,
		ConnectionListener listener, TransportCustomizer customizer, @Nullable TlsTermination tls) {

	/**
	 * Returns the same for connections whose TLS handshake is over when they begin.
	 * @return an environment without TLS
	 */
	public EndpointEnvironment withoutTls() {
		return new EndpointEnvironment(this.loops, this.connections, this.messages, this.listener, this.customizer,
				null);
	}

}
