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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.workerman.actuate.WorkermanServerHealthIndicator;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link WorkermanServerHealthIndicator}, one for each server.
 */
@AutoConfiguration(after = WorkermanAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(WorkermanServerRegistry.class)
@ConditionalOnEnabledHealthIndicator("workerman")
public final class WorkermanHealthContributorAutoConfiguration {

	WorkermanHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "workermanHealthIndicator", "workermanHealthContributor" })
	CompositeHealthContributor workermanHealthContributor(WorkermanServerRegistry registry) {
		Map<String, WorkermanServer> servers = new LinkedHashMap<>();
		registry.servers().forEach((server) -> servers.put(server.name(), server));
		return CompositeHealthContributor.fromMap(servers, WorkermanServerHealthIndicator::new);
	}

}
