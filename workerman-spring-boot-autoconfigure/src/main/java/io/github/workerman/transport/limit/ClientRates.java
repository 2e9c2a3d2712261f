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

package io.github.workerman.transport.limit;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * How many requests the clients of trusted proxies send, by the address that these name:
 * one connection of a proxy carries requests of many. An address is forgotten when its
 * rate allows everything again. Usable by all event loops at once.
 */
public final class ClientRates {

	private final LimitSettings settings;

	private final Map<AddressKey, TokenBucket> clients = new ConcurrentHashMap<>();

	/**
	 * Creates the rates.
	 * @param settings the numbers
	 */
	public ClientRates(LimitSettings settings) {
		this.settings = settings;
	}

	/**
	 * Takes note of a request.
	 * @param client where it comes from
	 * @param deadlines of the calling event loop
	 * @return zero if the client may send it, else the nanoseconds until it may
	 */
	public long take(InetAddress client, Deadlines deadlines) {
		AddressKey key = AddressKey.of(client, this.settings.ipv6PrefixLength());
		long now = System.nanoTime();
		long[] wait = new long[1];
		this.clients.compute(key, (same, known) -> {
			TokenBucket rate = (known != null) ? known : newRate(key, now, deadlines);
			wait[0] = rate.take(now) ? 0 : rate.nanosUntil(1, now);
			return rate;
		});
		return wait[0];
	}

	private TokenBucket newRate(AddressKey key, long now, Deadlines deadlines) {
		int perSecond = this.settings.messagesPerSecond();
		forgetLater(key, this.settings.burst().toNanos(), deadlines);
		return new TokenBucket(perSecond, this.settings.atOnce(perSecond), now);
	}

	private void forgetLater(AddressKey key, long nanos, Deadlines deadlines) {
		deadlines.add(new Deadlines.Deadline() {

			@Override
			protected void expired() {
				ClientRates.this.clients.computeIfPresent(key, (same, rate) -> forgetOrWait(key, rate, deadlines));
			}

		}, nanos);
	}

	private @Nullable TokenBucket forgetOrWait(AddressKey key, TokenBucket rate, Deadlines deadlines) {
		long wait = rate.nanosUntilFull(System.nanoTime());
		if (wait == 0) {
			return null;
		}
		forgetLater(key, wait, deadlines);
		return rate;
	}

	/**
	 * Returns how many addresses are remembered.
	 */
	int size() {
		return this.clients.size();
	}

}
