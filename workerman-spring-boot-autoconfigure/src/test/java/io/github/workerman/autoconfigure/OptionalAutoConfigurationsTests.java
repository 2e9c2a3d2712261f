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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.actuate.WorkermanEndpoint;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.metrics.WorkermanMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations that depend on what else is there.
 */
class OptionalAutoConfigurationsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class,
				WorkermanMetricsAutoConfiguration.class, WorkermanHealthContributorAutoConfiguration.class,
				WorkermanEndpointAutoConfiguration.class))
		.withUserConfiguration(EchoHandlers.class)
		.withPropertyValues("workerman.servers.echo.protocol=text", "workerman.servers.echo.port=0");

	private final ApplicationContextRunner metered = this.runner.withBean(MeterRegistry.class,
			SimpleMeterRegistry::new);

	private final ApplicationContextRunner exposed = this.runner.withPropertyValues(
			"management.endpoints.jmx.exposure.include=*", "management.endpoints.web.exposure.include=*",
			"spring.jmx.enabled=true");

	@Test
	void whenMeterRegistryIsThereThenMetersAre() {
		this.metered.run((context) -> assertThat(context).hasSingleBean(WorkermanMetrics.class)
			.hasSingleBean(InvocationObserver.class));
	}

	@Test
	void whenMeterRegistryIsNotThereThenHandlersAreNotObserved() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(WorkermanMetricsAutoConfiguration.class)
			.doesNotHaveBean(InvocationObserver.class));
	}

	@Test
	void whenMicrometerIsMissingThenNothingOfItIsLoaded() {
		TrackingClassLoader classLoader = new TrackingClassLoader();
		this.runner.withClassLoader(classLoader).run((context) -> {
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
			}
			assertThat(context).doesNotHaveBean(WorkermanMetricsAutoConfiguration.class);
			assertThat(classLoader.refused).isNotEmpty()
				.allSatisfy((name) -> assertThat(name).startsWith("io.micrometer.").doesNotContain("workerman"));
		});
	}

	@Test
	void whenDisabledThenNothingIsThere() {
		this.metered.withPropertyValues("workerman.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WorkermanMetrics.class)
				.doesNotHaveBean(WorkermanEndpoint.class)
				.doesNotHaveBean("workermanHealthContributor"));
	}

	@Test
	void healthIsThereForEachServer() {
		this.runner.run((context) -> {
			CompositeHealthContributor contributor = context.getBean("workermanHealthContributor",
					CompositeHealthContributor.class);
			assertThat(contributor.stream()).singleElement().satisfies((entry) -> {
				assertThat(entry.name()).isEqualTo("echo");
				assertThat(((HealthIndicator) entry.contributor()).health().getStatus()).isEqualTo(Status.UP);
			});
		});
	}

	@Test
	void whenHealthIsDisabledThenContributorIsNotThere() {
		this.runner.withPropertyValues("management.health.workerman.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workermanHealthContributor"));
	}

	@Test
	void whenHealthIsMissingThenContributorIsNotThere() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workermanHealthContributor"));
	}

	@Test
	void whenUserDefinesContributorThenOursBacksOff() {
		HealthIndicator indicator = () -> null;
		this.runner.withBean("workermanHealthIndicator", HealthIndicator.class, () -> indicator)
			.run((context) -> assertThat(context).doesNotHaveBean("workermanHealthContributor"));
	}

	@Test
	void whenEndpointIsExposedThenItIsThere() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(WorkermanEndpoint.class));
	}

	@Test
	void whenEndpointIsNotExposedThenItIsNotThere() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(WorkermanEndpoint.class));
	}

	@Test
	void whenAccessIsDeniedThenEndpointIsNotThere() {
		this.exposed.withPropertyValues("management.endpoint.workerman.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkermanEndpoint.class));
	}

	@Test
	void whenActuatorIsMissingThenEndpointIsNotThere() {
		this.exposed.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workermanEndpoint"));
	}

	/**
	 * Hides Micrometer and notes what is asked for.
	 */
	private static final class TrackingClassLoader extends FilteredClassLoader {

		private final Set<String> refused = ConcurrentHashMap.newKeySet();

		private TrackingClassLoader() {
			super("io.micrometer", "io.github.workerman.metrics");
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			try {
				return super.loadClass(name, resolve);
			}
			catch (ClassNotFoundException ex) {
				if (name.startsWith("io.micrometer") || name.startsWith("io.github.workerman")) {
					this.refused.add(name);
				}
				throw ex;
			}
		}

	}

}
