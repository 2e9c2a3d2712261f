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

import java.util.concurrent.Executor;

import io.github.workerman.handler.ArgumentResolver;
import io.github.workerman.handler.HandlerServices;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.handler.ResultHandler;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Collects what handlers work with, some of it from libraries that are optional.
 */
final class HandlerServicesFactory {

	private static final String VALIDATOR_CLASS = "jakarta.validation.Validator";

	private final ConfigurableListableBeanFactory beanFactory;

	HandlerServicesFactory(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	HandlerServices create(Executor blockingExecutor) {
		return new HandlerServices(blockingExecutor,
				this.beanFactory.getBeanProvider(MessageCodec.class).getIfAvailable(), validator(),
				this.beanFactory.getBeanProvider(ArgumentResolver.class).orderedStream().toList(),
				this.beanFactory.getBeanProvider(ResultHandler.class).orderedStream().toList(), InvocationObserver
					.of(this.beanFactory.getBeanProvider(InvocationObserver.class).orderedStream().toList()));
	}

	private @Nullable Validator validator() {
		return ClassUtils.isPresent(VALIDATOR_CLASS, this.beanFactory.getBeanClassLoader())
				? Jakarta.validator(this.beanFactory) : null;
	}

	/**
	 * Keeps the optional class apart.
	 */
	private static final class Jakarta {

		private Jakarta() {
		}

		private static @Nullable Validator validator(ConfigurableListableBeanFactory beanFactory) {
			jakarta.validation.Validator validator = beanFactory.getBeanProvider(jakarta.validation.Validator.class)
				.getIfAvailable();
			if (validator == null || validator instanceof Validator) {
				return (Validator) validator;
			}
			return new SpringValidatorAdapter(validator);
		}

	}

}
