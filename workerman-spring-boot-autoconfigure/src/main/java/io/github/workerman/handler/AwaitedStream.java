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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A stream whose beginning decides on the response: one that fails before there is an
 * element is an error with a status, as a value that fails to come. Asks for a few
 * elements, since some streams do not wait, keeps them for the subscriber that comes
 * then, and hands through what follows.
 */
final class AwaitedStream extends Flux<Object> implements CoreSubscriber<Object>, Subscription {

	private static final int AHEAD = 128;

	private final Consumer<Flux<Object>> begun;

	private final Consumer<Throwable> failed;

	private final AtomicBoolean decided = new AtomicBoolean();

	private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger work = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	/* What has been asked for and the subscriber has not. */
	private final AtomicLong ahead = new AtomicLong(AHEAD);

	/* Cancelled or told the end. */
	private final AtomicBoolean over = new AtomicBoolean();

	/* Keeps what is asked for until there is somebody to ask. */
	private final Operators.DeferredSubscription source = new Operators.DeferredSubscription();

	private volatile @Nullable CoreSubscriber<? super Object> subscriber;

	private volatile boolean done;

	private volatile @Nullable Throwable error;

	private AwaitedStream(Consumer<Flux<Object>> begun, Consumer<Throwable> failed) {
		this.begun = begun;
		this.failed = failed;
		this.source.request(AHEAD);
	}

	/**
	 * Subscribes to a stream and waits for its beginning.
	 * @param stream the stream
	 * @param begun takes the stream, to be subscribed to once, when it has begun or ended
	 * without an element
	 * @param failed takes the error instead
	 * @return the wait
	 */
	static AwaitedStream of(Publisher<?> stream, Consumer<Flux<Object>> begun, Consumer<Throwable> failed) {
		AwaitedStream awaited = new AwaitedStream(begun, failed);
		Flux.<Object>from(stream).subscribe((CoreSubscriber<Object>) awaited);
		return awaited;
	}

	/**
	 * Waits no longer: from here on an error is one of the stream.
	 */
	void begin() {
		if (this.decided.compareAndSet(false, true)) {
			this.begun.accept(this);
		}
	}

	// ---- the source

	@Override
	public void onSubscribe(Subscription subscription) {
		this.source.set(subscription);
	}

	@Override
	public void onNext(Object element) {
		this.waiting.add(element);
		begin();
		drain();
	}

	@Override
	public void onError(Throwable error) {
		if (this.decided.compareAndSet(false, true)) {
			this.failed.accept(error);
			return;
		}
		this.error = error;
		this.done = true;
		drain();
	}

	@Override
	public void onComplete() {
		this.done = true;
		begin();
		drain();
	}

	// ---- the subscriber

	@Override
	public void subscribe(CoreSubscriber<? super Object> actual) {
		actual.onSubscribe(this);
		this.subscriber = actual;
		drain();
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		this.requested.accumulateAndGet(n, Operators::addCap);
		long before = this.ahead.getAndUpdate((credit) -> Math.max(0, credit - n));
		if (n > before) {
			this.source.request(n - before);
		}
		drain();
	}

	@Override
	public void cancel() {
		if (this.over.compareAndSet(false, true)) {
			this.source.cancel();
		}
	}

	/* One thread at a time. */
	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			CoreSubscriber<? super Object> current = this.subscriber;
			if (current != null) {
				drain(current);
			}
			missed = this.work.addAndGet(-missed);
		}
	}

	private void drain(CoreSubscriber<? super Object> current) {
		long demand = this.requested.get();
		long sent = 0;
		while (sent != demand && !this.over.get()) {
			Object element = this.waiting.poll();
			if (element == null) {
				break;
			}
			current.onNext(element);
			sent++;
		}
		if (demand != Long.MAX_VALUE) {
			this.requested.addAndGet(-sent);
		}
		if (this.done && this.waiting.isEmpty() && this.over.compareAndSet(false, true)) {
			Throwable failure = this.error;
			if (failure != null) {
				current.onError(failure);
			}
			else {
				current.onComplete();
			}
		}
	}

}
