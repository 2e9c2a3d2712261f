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
public abstract class PeerContext {

	private final EndpointSettings settings;

	private final CodecFactory codecs;

	private final ConnectionListener listener;

	private final MessageCodec messages;

	private final Connections connections;

	private final @Nullable Wiretap wiretap;

	/**
	 * Creates the context.
	 * @param settings what the endpoint is to do
	 * @param codecs makes the codecs
	 * @param listener is told what happens; need not guard against its own defects
	 * @param environment what the endpoint works with
	 */
	protected PeerContext(EndpointSettings settings, CodecFactory codecs, ConnectionListener listener,
			EndpointEnvironment environment) {
		this.settings = settings;
		this.codecs = codecs;
		this.listener = new GuardedListener(listener);
		this.messages = environment.messages();
		this.connections = environment.connections();
		this.wiretap = settings.wiretap() ? new Wiretap(settings.server()) : null;
	}

	/**
	 * Returns what the endpoint is to do.
	 * @return the settings
	 */
	public final EndpointSettings settings() {
		return this.settings;
	}

	/**
	 * Returns what makes codecs.
	 * @return one for the endpoint
	 */
	public final CodecFactory codecs() {
		return this.codecs;
	}

	/**
	 * Returns what is told of events, on the event loop. It throws nothing.
	 * @return one for the endpoint
	 */
	public final ConnectionListener listener() {
		return this.listener;
	}

	/**
	 * Returns what turns objects into messages and back.
	 * @return one for the application
	 */
	public final MessageCodec messages() {
		return this.messages;
	}

	/**
	 * Returns the open connections.
	 * @return one for the application
	 */
	public final Connections connections() {
		return this.connections;
	}

	/**
	 * Returns what logs the messages.
	 * @return {@code null} if they are not logged
	 */
	public final @Nullable Wiretap wiretap() {
		return this.wiretap;
	}

}
