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
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * What all peers of one endpoint share, with or without a connection.
 */
abstract class PeerContext {

	private final EndpointSettings settings;

	private final CodecFactory codecs;

	private final ConnectionListener listener;

	private final MessageCodec messages;

	private final Connections connections;

	private final @Nullable Wiretap wiretap;

	PeerContext(EndpointSettings settings, CodecFactory codecs, ConnectionListener listener,
			EndpointEnvironment environment) {
		this.settings = settings;
		this.codecs = codecs;
		this.listener = new GuardedListener(listener);
		this.messages = environment.messages();
		this.connections = environment.connections();
		this.wiretap = settings.wiretap() ? new Wiretap(settings.server()) : null;
	}

	final EndpointSettings settings() {
		return this.settings;
	}

	final CodecFactory codecs() {
		return this.codecs;
	}

	final ConnectionListener listener() {
		return this.listener;
	}

	final MessageCodec messages() {
		return this.messages;
	}

	final Connections connections() {
		return this.connections;
	}

	final @Nullable Wiretap wiretap() {
		return this.wiretap;
	}

}
