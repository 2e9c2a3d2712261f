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

package io.github.workerman.server;

import java.util.HashMap;
import java.util.Map;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Tells the environment which ports servers listen on, as
 * {@code local.workerman.<name>.port}, up to the parents of the application context.
 */
public final class ServerPortPublisher implements ApplicationListener<WorkermanServerStartedEvent>, Ordered {

	/* Where Spring Boot puts the ports of web servers. */
	private static final String PROPERTY_SOURCE_NAME = "server.ports";

	private final ApplicationContext applicationContext;

	/**
	 * Creates a publisher.
	 * @param applicationContext whose environment is told first
	 */
	public ServerPortPublisher(ApplicationContext applicationContext) {
		this.applicationContext = applicationContext;
	}

	@Override
	public void onApplicationEvent(WorkermanServerStartedEvent event) {
		String name = "local.workerman." + event.server().name() + ".port";
		if (event.port() >= 0) {
			publish(this.applicationContext, name, event.port());
		}
	}

	private void publish(ApplicationContext context, String name, int port) {
		if (context instanceof ConfigurableApplicationContext configurable) {
			publish(configurable.getEnvironment(), name, port);
		}
		if (context.getParent() != null) {
			publish(context.getParent(), name, port);
		}
	}

	@SuppressWarnings("unchecked")
	private void publish(ConfigurableEnvironment environment, String name, int port) {
		MutablePropertySources sources = environment.getPropertySources();
		PropertySource<?> source = sources.get(PROPERTY_SOURCE_NAME);
		if (source == null) {
			source = new MapPropertySource(PROPERTY_SOURCE_NAME, new HashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put(name, port);
	}

	/**
	 * Returns a place before the application's own listeners, which may ask for the port.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
