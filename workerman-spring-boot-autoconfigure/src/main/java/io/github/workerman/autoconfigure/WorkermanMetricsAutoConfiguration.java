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

import io.github.workerman.gateway.Gateway;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.metrics.ApplicationMeters;
import io.github.workerman.metrics.WorkermanMetrics;
import io.github.workerman.server.LoopSupervisor;
import io.github.workerman.server.WorkermanServerRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of socket servers.
 */
@AutoConfiguration(after = WorkermanAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, WorkermanServerRegistry.class })
public final class WorkermanMetricsAutoConfiguration {

	WorkermanMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WorkermanMetrics workermanMetrics() {
		return new WorkermanMetrics();
	}

	@Bean
	InvocationObserver workermanMetricsObserver(WorkermanMetrics metrics) {
		return metrics.observer();
	}

	@Bean
	@ConditionalOnMissingBean
	ApplicationMeters workermanApplicationMeters(Gateway gateway, LoopSupervisor supervisor) {
		return new ApplicationMeters(gateway::countGroups, gateway::countUsers, supervisor::blockages);
	}

}
