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

import java.util.function.Supplier;

import io.github.workerman.transport.EventLoops;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Finds the event loops that the application has already, those of its
 * {@link ReactorResourceFactory}. That class is optional.
 */
final class ApplicationEventLoops implements Supplier<@Nullable EventLoops> {

	private static final String FACTORY_CLASS = "org.springframework.http.client.ReactorResourceFactory";

	private final ListableBeanFactory beanFactory;

	private final boolean present;

	ApplicationEventLoops(ListableBeanFactory beanFactory, @Nullable ClassLoader classLoader) {
		this.beanFactory = beanFactory;
		this.present = ClassUtils.isPresent(FACTORY_CLASS, classLoader);
	}

	/**
	 * Returns the loops of the moment: the factory makes new ones whenever it is started.
	 */
	@Override
	public @Nullable EventLoops get() {
		return this.present ? Factory.loops(this.beanFactory) : null;
	}

	/**
	 * Keeps the optional class apart.
	 */
	private static final class Factory {

		private Factory() {
		}

		private static @Nullable EventLoops loops(ListableBeanFactory beanFactory) {
			ReactorResourceFactory factory = beanFactory.getBeanProvider(ReactorResourceFactory.class).getIfUnique();
			if (factory == null) {
				return null;
			}
			LoopResources resources = factory.getLoopResources();
			Assert.state(resources != null, "No LoopResources: is ReactorResourceFactory not initialized yet?");
			return EventLoops.shared(resources);
		}

	}

}
