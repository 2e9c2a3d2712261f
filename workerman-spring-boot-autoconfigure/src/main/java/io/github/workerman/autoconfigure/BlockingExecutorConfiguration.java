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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * What runs blocking handlers: virtual threads where Spring Boot uses them, else a pool.
 * Neither ever lets the event loop wait that hands a task over, and neither is a
 * candidate where the application asks for an executor.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = BlockingExecutorConfiguration.BEAN_NAME)
class BlockingExecutorConfiguration {

	static final String BEAN_NAME = "workermanBlockingExecutor";

	private static final String THREAD_NAME_PREFIX = "workerman-blocking-";

	@Bean(name = BEAN_NAME, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	SimpleAsyncTaskExecutor workermanBlockingExecutorVirtualThreads(
			ObjectProvider<SimpleAsyncTaskExecutorBuilder> builder) {
		return builder.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new)
			.virtualThreads(true)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.concurrencyLimit(SimpleAsyncTaskExecutor.UNBOUNDED_CONCURRENCY)
			.build();
	}

	@Bean(name = BEAN_NAME, defaultCandidate = false)
	@Lazy
	@ConditionalOnThreading(Threading.PLATFORM)
	ThreadPoolTaskExecutor workermanBlockingExecutor(ObjectProvider<ThreadPoolTaskExecutorBuilder> builder,
			WorkermanProperties properties) {
		int threads = properties.getBlocking().getMaxThreads();
		return builder.getIfAvailable(ThreadPoolTaskExecutorBuilder::new)
			.corePoolSize(threads)
			.maxPoolSize(threads)
			.queueCapacity(Integer.MAX_VALUE)
			.allowCoreThreadTimeOut(true)
			.acceptTasksAfterContextClose(true)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.build();
	}

}
