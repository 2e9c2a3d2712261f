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

import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration that runs handlers as the connection's principal, so that
 * {@code @PreAuthorize} and its like work on them. Applies when Spring Security is
 * present.
 */
@AutoConfiguration(after = WorkermanAutoConfiguration.class)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBean(WorkermanServerRegistry.class)
public final class WorkermanSecurityAutoConfiguration {

	WorkermanSecurityAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "workermanSecurityObserver")
	InvocationObserver workermanSecurityObserver() {
		return new SecurityContextObserver();
	}

}
