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

import io.github.workerman.server.WorkermanGracefulShutdownLifecycle;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.transport.http.WebMount;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Offers the connections of the application's web server to servers that are mounted on
 * it. That of the actuator is another one and of a context of its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ NettyReactiveWebServerFactory.class, ReactiveWebServerFactory.class })
class WebMountConfiguration {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> workermanWebMountCustomizer(WebMount mount) {
		return (factory) -> factory.addServerCustomizers(mount::attach);
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> workermanWebMountListener(ApplicationContext context,
			WorkermanServerRegistry registry) {
		return new WebServerListener(context, registry);
	}

	@Bean
	WorkermanGracefulShutdownLifecycle workermanMountedShutdownLifecycle(WorkermanServerRegistry registry) {
		return WorkermanGracefulShutdownLifecycle.ofMounted(registry);
	}

	/**
	 * Learns when the web server listens.
	 */
	private record WebServerListener(ApplicationContext context,
			WorkermanServerRegistry registry) implements ApplicationListener<WebServerInitializedEvent> {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			if (event.getApplicationContext() == this.context) {
				this.registry.webServerListens();
			}
		}

	}

}
