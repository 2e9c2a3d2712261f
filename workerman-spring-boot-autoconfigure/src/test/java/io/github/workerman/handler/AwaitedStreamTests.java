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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class AwaitedStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicReference<Flux<Object>> begun = new AtomicReference<>();

	private final AtomicReference<Throwable> failed = new AtomicReference<>();

	private final List<Object> elements = new ArrayList<>();

	@Test
	void whenStreamHasAnElementThenItBeginsAndAllOfItComes() {
		await(Flux.range(0, 1000));
		assertThat(this.begun.get().collectList().block(PATIENCE)).isEqualTo(numbers(1000));
		assertThat(this.failed).hasNullValue();
	}

	@Test
	void whenStreamIsEmptyThenItBeginsAndEnds() {
		await(Mono.empty());
		assertThat(this.begun.get().collectList().block(PATIENCE)).isEmpty();
	}

	@Test
	void whenStreamFailsBeforeAnElementThenItDoesNotBegin() {
		IllegalStateException failure = new IllegalStateException("first");
		await(Flux.error(failure));
		assertThat(this.begun).hasNullValue();
		assertThat(this.failed).hasValue(failure);
	}

	@Test
	void whenStreamFailsLaterThenTheElementsComeBeforeTheError() {
		IllegalStateException failure = new IllegalStateException("later");
		await(Flux.<Object>range(0, 3).concatWith(Flux.error(failure)));
		Flux<Object> stream = this.begun.get()
			.doOnNext(this.elements::add)
			.onErrorResume(IllegalStateException.class, (error) -> Flux.just(error));
		assertThat(stream.blockLast(PATIENCE)).isSameAs(failure);
		assertThat(this.elements).isEqualTo(numbers(3));
		assertThat(this.failed).hasNullValue();
	}

	@Test
	void whenStreamIsSubscribedToBeforeItHasASubscriptionThenWhatIsAskedForIsKept() {
		AtomicReference<Subscriber<? super Object>> late = new AtomicReference<>();
		AwaitedStream awaited = await((Publisher<Object>) late::set);
		awaited.begin();
		this.begun.get().subscribe(this.elements::add);
		Flux.<Object>range(0, 1000).subscribe(late.get());
		assertThat(this.elements).isEqualTo(numbers(1000));
	}

	@Test
	void whenStreamIsCancelledBeforeItHasASubscriptionThenThatIsCancelled() {
		AtomicReference<Subscriber<? super Object>> late = new AtomicReference<>();
		await((Publisher<Object>) late::set).cancel();
		AtomicBoolean cancelled = new AtomicBoolean();
		Flux.<Object>never().doOnCancel(() -> cancelled.set(true)).subscribe(late.get());
		assertThat(cancelled).isTrue();
	}

	@Test
	void whenSubscriberAsksForLittleThenLittleIsTakenFromTheStream() {
		List<Object> made = new ArrayList<>();
		await(Flux.range(0, 10_000).doOnNext(made::add));
		BaseSubscriber<Object> slow = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(200);
			}

			@Override
			protected void hookOnNext(Object element) {
				AwaitedStreamTests.this.elements.add(element);
			}

		};
		this.begun.get().subscribe(slow);
		assertThat(this.elements).isEqualTo(numbers(200));
		assertThat(made).hasSize(200);
		slow.cancel();
	}

	@Test
	void whenElementsComeFromAnotherThreadThenTheirOrderIsKept() {
		CompletableFuture<List<Object>> all = new CompletableFuture<>();
		AwaitedStream.of(Flux.range(0, 100_000).publishOn(Schedulers.parallel()),
				(stream) -> stream.collectList().subscribe(all::complete), all::completeExceptionally);
		assertThat(all).succeedsWithin(PATIENCE).isEqualTo(numbers(100_000));
	}

	private AwaitedStream await(Publisher<?> stream) {
		return AwaitedStream.of(stream, this.begun::set, this.failed::set);
	}

	private static List<Object> numbers(int count) {
		return IntStream.range(0, count).<Object>mapToObj(Integer::valueOf).toList();
	}

}
