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

package io.github.workerman.handler;

import java.lang.annotation.Annotation;

import io.github.workerman.annotation.OnBufferDrain;
import io.github.workerman.annotation.OnBufferFull;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.OnServerReload;
import io.github.workerman.annotation.OnServerStart;
import io.github.workerman.annotation.OnServerStop;

/**
 * What can be handled, in the order in which it happens.
 */
public enum HandlerEvent {

	/** A server is about to listen. */
	SERVER_START("server-start", OnServerStart.class),

	/** A server is told to reload. */
	SERVER_RELOAD("server-reload", OnServerReload.class),

	/** A peer asks to be let in. */
	HANDSHAKE("handshake", OnHandshake.class),

	/** A connection is open. */
	CONNECT("connect", OnConnect.class),

	/** A message has come. */
	MESSAGE("message", OnMessage.class),

	/** An HTTP request has come. */
	REQUEST("request", OnRequest.class),

	/** The send buffer is full. */
	BUFFER_FULL("buffer-full", OnBufferFull.class),

	/** The send buffer has drained. */
	BUFFER_DRAIN("buffer-drain", OnBufferDrain.class),

	/** A handler, the peer or the network failed. */
	ERROR("error", OnError.class),

	/** A connection has closed. */
	CLOSE("close", OnClose.class),

	/** A server is about to stop. */
	SERVER_STOP("server-stop", OnServerStop.class);

	private final String id;

	private final Class<? extends Annotation> annotation;

	HandlerEvent(String id, Class<? extends Annotation> annotation) {
		this.id = id;
		this.annotation = annotation;
	}

	/**
	 * Returns the name for people and metrics.
	 * @return the name, lower-case letters and dashes
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the annotation of its handlers.
	 * @return the annotation
	 */
	public Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	boolean isOfServer() {
		return this == SERVER_START || this == SERVER_STOP || this == SERVER_RELOAD;
	}

	/**
	 * Tells whether the event is one of a server. A server with requests accepts
	 * websockets where handlers say, so that it may have handshakes.
	 */
	boolean happensOn(HandlerSettings settings) {
		return switch (this) {
			case REQUEST -> settings.isHttp();
			case HANDSHAKE -> settings.webSocket() || settings.isHttp();
			default -> true;
		};
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
