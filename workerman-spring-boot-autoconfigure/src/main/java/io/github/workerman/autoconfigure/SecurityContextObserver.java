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

import java.security.Principal;
import java.util.List;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.handler.HandlerMethod;
import io.github.workerman.handler.InvocationObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Lets Spring Security know on whose behalf a handler runs: the principal that the
 * handshake decided on. One that is no {@link Authentication} counts as authenticated and
 * has no authorities. Work that a handler begins on other threads is not covered.
 */
final class SecurityContextObserver implements InvocationObserver {

	private final SecurityContextHolderStrategy strategy = SecurityContextHolder.getContextHolderStrategy();

	@Override
	public void started(HandlerMethod handler, ManagedConnection connection) {
		Principal principal = connection.principal();
		if (principal != null) {
			SecurityContext context = this.strategy.createEmptyContext();
			context.setAuthentication(authentication(principal));
			this.strategy.setContext(context);
		}
	}

	private static Authentication authentication(Principal principal) {
		return (principal instanceof Authentication authentication) ? authentication
				: UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
	}

	@Override
	public void finished(HandlerMethod handler, ManagedConnection connection, @Nullable Throwable error) {
		this.strategy.clearContext();
	}

}
