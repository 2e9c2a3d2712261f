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

package io.github.workerman.metrics;

import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.autoconfigure.WorkermanMetricsAutoConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * An application whose server {@code chat} is measured, and what its registry has of it.
 */
final class MetricsApplication {

	private MetricsApplication() {
	}

	static ApplicationContextRunner runner(String protocol) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
					WorkermanAutoConfiguration.class, WorkermanMetricsAutoConfiguration.class))
			.withPropertyValues("workerman.servers.chat.protocol=" + protocol, "workerman.servers.chat.port=0");
	}

	static MeterRegistry registry(ApplicationContext context) {
		return context.getBean(PrometheusMeterRegistry.class);
	}

	static RequiredSearch search(ApplicationContext context, String name, String... tags) {
		return registry(context).get(name).tags("server", "chat").tags(tags);
	}

	static double gauge(ApplicationContext context, String name, String... tags) {
		return search(context, name, tags).gauge().value();
	}

	/**
	 * Returns the sum of all counters of a name that have the tags.
	 */
	static double counter(ApplicationContext context, String name, String... tags) {
		return search(context, name, tags).functionCounters().stream().mapToDouble(FunctionCounter::count).sum();
	}

}
