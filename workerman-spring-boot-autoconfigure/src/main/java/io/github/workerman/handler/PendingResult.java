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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * What a handler returned and what takes its time: sends each element when it comes and
 * asks for the next one when the send buffer has taken it.
 * <p>
 * An element that the buffer refuses is kept until there is room; nothing is asked for
 * meanwhile, so that there is never a second one. The end may be announced while an
 * element waits: {@code open} counts the stream and the waiting element, and who ends the
 * last of them ends the whole.
 */
final class PendingResult implements CoreSubscriber<Object>, Runnable {

	private static final Object WAITED_FOR = new Object();

	private static final Object SUCCESS = new Object();

	private static final long RETRY_MILLIS = 10;

	private final HandlerMethod handler;

	private final ManagedConnection connection;

	private final Runnable resume;

	/* null while the handler's thread is still busy with it, then as named above */
	private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

	private final AtomicInteger open = new AtomicInteger(1);

	private final Thread starter = Thread.currentThread();

	private volatile @Nullable Subscription upstream;

	// Handed over from signal to signal and to the loop.
	private boolean elsewhere;

	private @Nullable Throwable streamError;

	private @Nullable Object refused;

	private long waitingAtRefusal;

	PendingResult(HandlerMethod handler, ManagedConnection connection, Runnable resume) {
		this.handler = handler;
		this.connection = connection;
		this.resume = resume;
	}

	@SuppressWarnings("unchecked")
	void start(Object result) {
		if (result instanceof Publisher<?> publisher) {
			((Publisher<Object>) publisher).subscribe(this);
		}
		else {
			((CompletionStage<Object>) result).whenComplete(this::completed);
		}
	}

	/**
	 * Leaves the result to itself. One that has ended on another thread counts as still
	 * to come, because what that thread has sent is on its way to the loop and must not
	 * be overtaken.
	 * @return whether it is still to come, so that the resume callback will be called
	 */
	boolean waits() {
		if (this.outcome.compareAndSet(null, WAITED_FOR)) {
			return true;
		}
		if (this.elsewhere) {
			this.resume.run();
		}
		return this.elsewhere;
	}

	/**
	 * Returns whose result this is.
	 * @return the handler
	 */
	HandlerMethod handler() {
		return this.handler;
	}

	/**
	 * Returns how it ended.
	 * @return the error, or {@code null}
	 */
	@Nullable Throwable error() {
		return (this.outcome.get() instanceof Throwable error) ? error : null;
	}

	/**
	 * Ends it, because the connection has closed.
	 */
	void cancel() {
		cancelUpstream();
		finish(SUCCESS);
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (this.upstream != null || isFinished()) {
			subscription.cancel();
			return;
		}
		this.upstream = subscription;
		subscription.request(this.handler.sends() ? 1 : Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object element) {
		if (this.handler.sends() && !isFinished()) {
			send(element);
		}
	}

	@Override
	public void onError(Throwable error) {
		this.streamError = error;
		end();
	}

	@Override
	public void onComplete() {
		end();
	}

	private void completed(@Nullable Object value, @Nullable Throwable error) {
		if (error != null) {
			this.streamError = error;
		}
		else if (value != null) {
			onNext(value);
		}
		end();
	}

	private void send(Object element) {
		if (element instanceof SendResult) {
			next();
		}
		else if (this.connection.pendingBytes() > this.connection.maxSendBuffer() / 2) {
			this.open.incrementAndGet();
			this.refused = element;
			this.connection.whenWritable(this);
		}
		else if (!trySend(element)) {
			this.open.incrementAndGet();
			this.refused = element;
			awaitRoom();
		}
		else {
			next();
		}
	}

	/**
	 * There may be room for the element that waits. On the loop.
	 */
	@Override
	public void run() {
		Object element = this.refused;
		if (element == null || isFinished()) {
			return;
		}
		long waiting = this.connection.pendingBytes();
		boolean worthIt = waiting == 0 || waiting < this.waitingAtRefusal || this.waitingAtRefusal == 0;
		if (worthIt && trySend(element)) {
			this.refused = null;
			next();
			end();
		}
		else if (!isFinished()) {
			awaitRoom();
		}
	}

	/**
	 * Sends an element.
	 * @return {@code false} if it must wait
	 */
	private boolean trySend(Object element) {
		if (Thread.currentThread() != this.starter) {
			this.elsewhere = true;
		}
		long waiting = this.connection.pendingBytes();
		SendResult result;
		try {
			result = this.connection.send(element);
		}
		catch (Throwable ex) {
			cancelUpstream();
			finish(ex);
			return true;
		}
		if (result == SendResult.CLOSED) {
			cancel();
		}
		else if (result == SendResult.BUFFER_FULL && waiting == 0 && this.connection.pendingBytes() == 0) {
			cancelUpstream();
			finish(new IllegalStateException(
					"An element that handler " + this.handler + " wants to send is larger than the send buffer of "
							+ this.connection.maxSendBuffer() + " bytes (max-send-buffer)"));
		}
		else if (result == SendResult.BUFFER_FULL) {
			this.waitingAtRefusal = waiting;
			return false;
		}
		this.waitingAtRefusal = 0;
		return true;
	}

	/*
	 * The connection tells when half of the buffer is free. An element that needs more
	 * than that has to look by itself.
	 */
	private void awaitRoom() {
		if (this.connection.pendingBytes() > this.connection.maxSendBuffer() / 2) {
			this.connection.whenWritable(this);
		}
		else {
			CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, this.connection.loop())
				.execute(this);
		}
	}

	private void next() {
		Subscription subscription = this.upstream;
		if (subscription != null && !isFinished()) {
			subscription.request(1);
		}
	}

	private void end() {
		if (this.open.decrementAndGet() == 0) {
			finish((this.streamError != null) ? this.streamError : SUCCESS);
		}
	}

	private void cancelUpstream() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	private boolean isFinished() {
		Object current = this.outcome.get();
		return current != null && current != WAITED_FOR;
	}

	private void finish(Object end) {
		Object before = this.outcome.get();
		while (before == null || before == WAITED_FOR) {
			if (this.outcome.compareAndSet(before, end)) {
				if (before == WAITED_FOR) {
					this.resume.run();
				}
				return;
			}
			before = this.outcome.get();
		}
	}

}
