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

package io.github.workerman.handler;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.workerman.http.HttpExchange;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Tells streams of elements from values that come later, and awaits the latter.
 */
final class HttpStreams {

	private HttpStreams() {
	}

	/**
	 * Returns the type of the elements that a method returns many of.
	 * @return the type, or {@code null} if it returns one at most
	 */
	static @Nullable Class<?> elements(HandlerCandidate candidate) {
		ResolvableType type = ResolvableType
			.forMethodParameter(new MethodParameter(candidate.method(), -1).withContainingClass(candidate.beanClass()));
		Class<?> declared = type.resolve(Object.class);
		ReactiveAdapter adapter = (declared != Object.class)
				? ReactiveAdapterRegistry.getSharedInstance().getAdapter(declared) : null;
		return (adapter != null && adapter.isMultiValue()) ? type.getGeneric().resolve(Object.class) : null;
	}

	/**
	 * Awaits the first element.
	 * @param publisher brings it
	 * @param exchange cancels it
	 * @param value takes it, or {@code null} if there is none
	 * @param error takes the error instead
	 */
	static void first(Publisher<?> publisher, HttpExchange exchange, Consumer<@Nullable Object> value,
			Consumer<Throwable> error) {
		First first = new First(value, error);
		exchange.whenAbandoned(first::dispose);
		publisher.subscribe(first);
	}

	/**
	 * Awaits the beginning of a stream, of events no longer than it takes to subscribe:
	 * clients are told at once that these will come.
	 * @param stream the stream
	 * @param events whether it is one of events
	 * @param exchange cancels it
	 * @param begun takes the stream that is to be sent
	 * @param error takes the error instead
	 */
	static void begin(Publisher<?> stream, boolean events, HttpExchange exchange, Consumer<Flux<Object>> begun,
			Consumer<Throwable> error) {
		exchange.stream();
		AwaitedStream awaited = AwaitedStream.of(stream, begun, error);
		exchange.whenAbandoned(awaited::cancel);
		if (events) {
			awaited.begin();
		}
	}

	private static final class First extends BaseSubscriber<Object> {

		private final Consumer<@Nullable Object> value;

		private final Consumer<Throwable> error;

		private final AtomicBoolean done = new AtomicBoolean();

		private First(Consumer<@Nullable Object> value, Consumer<Throwable> error) {
			this.value = value;
			this.error = error;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		protected void hookOnNext(Object element) {
			if (this.done.compareAndSet(false, true)) {
				this.value.accept(element);
			}
		}

		@Override
		protected void hookOnComplete() {
			if (this.done.compareAndSet(false, true)) {
				this.value.accept(null);
			}
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			if (this.done.compareAndSet(false, true)) {
				this.error.accept(throwable);
			}
		}

	}

}
