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

import io.github.workerman.actuate.WorkermanEndpoint;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link WorkermanEndpoint}.
 */
@AutoConfiguration(after = WorkermanAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(WorkermanEndpoint.class)
@ConditionalOnBean(WorkermanServerRegistry.class)
public final class WorkermanEndpointAutoConfiguration {

	WorkermanEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	WorkermanEndpoint workermanEndpoint(WorkermanServerRegistry registry, Gateway gateway) {
		return new WorkermanEndpoint(registry, gateway);
	}

}
