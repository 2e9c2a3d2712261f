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

import java.util.List;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.InvalidMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one.
 */
final class CompositeInvocationObserver implements InvocationObserver {

	private final InvocationObserver[] observers;

	CompositeInvocationObserver(List<InvocationObserver> observers) {
		this.observers = observers.toArray(InvocationObserver[]::new);
	}

	@Override
	public void started(HandlerMethod handler, ManagedConnection connection) {
		for (InvocationObserver observer : this.observers) {
			observer.started(handler, connection);
		}
	}

	@Override
	public void finished(HandlerMethod handler, ManagedConnection connection, @Nullable Throwable error) {
		for (int i = this.observers.length - 1; i >= 0; i--) {
			this.observers[i].finished(handler, connection, error);
		}
	}

	@Override
	public void failedLater(HandlerMethod handler, ManagedConnection connection, Throwable error) {
		for (InvocationObserver observer : this.observers) {
			observer.failedLater(handler, connection, error);
		}
	}

	@Override
	public void invalidMessage(String server, InvalidMessageException.Code code) {
		for (InvocationObserver observer : this.observers) {
			observer.invalidMessage(server, code);
		}
	}

	@Override
	public void unhandledError(HandlerMethod handler, ManagedConnection connection, Throwable error) {
		for (InvocationObserver observer : this.observers) {
			observer.unhandledError(handler, connection, error);
		}
	}

}
