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

import io.github.workerman.connection.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of a server by the address they come from. An address is
 * forgotten when its last connection has gone and its rate allows everything again.
 * Usable by all event loops at once.
 */
public final class AddressLimits {

	private final LimitSettings settings;

	private final Map<AddressKey, Guest> guests = new ConcurrentHashMap<>();

	/**
	 * Creates the limits.
	 * @param settings the numbers, zero for what is not limited
	 */
	public AddressLimits(LimitSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns what an address is counted as.
	 * @param address the address of a client
	 * @return the address, or of IPv6 the network that one client may have
	 */
	public AddressKey key(InetAddress address) {
		return AddressKey.of(address, this.settings.ipv6PrefixLength());
	}

	/**
	 * Notes that somebody has come, who has to {@link #leave} unless turned away.
	 * @param key what the address is counted as
	 * @return why the peer is to be turned away, or {@code null} if it is not
	 */
	public @Nullable RejectReason enter(AddressKey key) {
		long now = System.nanoTime();
		Verdict verdict = new Verdict();
		this.guests.compute(key, (same, known) -> {
			Guest guest = (known != null) ? known : new Guest(this.settings, now);
			verdict.reason = check(guest, now);
			if (verdict.reason == null || this.settings.reportOnly()) {
				guest.connections++;
			}
			return guest;
		});
		return verdict.reason;
	}

	private @Nullable RejectReason check(Guest guest, long now) {
		TokenBucket rate = guest.rate;
		if (rate != null && !rate.take(now)) {
			return RejectReason.CONNECT_RATE;
		}
		int max = this.settings.maxConnectionsPerAddress();
		return (max > 0 && guest.connections >= max) ? RejectReason.CONNECTIONS_PER_ADDRESS : null;
	}

	/**
	 * Notes that somebody has gone.
	 * @param key what the address is counted as
	 * @param deadlines of the calling event loop
	 */
	public void leave(AddressKey key, Deadlines deadlines) {
		this.guests.computeIfPresent(key, (same, guest) -> {
			guest.connections--;
			return forgetOrWait(key, guest, deadlines);
		});
	}

	private @Nullable Guest forgetOrWait(AddressKey key, Guest guest, Deadlines deadlines) {
		if (guest.connections > 0 || guest.awaited) {
			return guest;
		}
		TokenBucket rate = guest.rate;
		long wait = (rate != null) ? rate.nanosUntilFull(System.nanoTime()) : 0;
		if (wait == 0) {
			return null;
		}
		guest.awaited = true;
		deadlines.add(new Deadlines.Deadline() {

			@Override
			protected void expired() {
				AddressLimits.this.guests.computeIfPresent(key, (same, present) -> {
					present.awaited = false;
					return forgetOrWait(key, present, deadlines);
				});
			}

		}, wait);
		return guest;
	}

	/**
	 * Returns how many addresses are remembered.
	 * @return the number at this moment
	 */
	public int size() {
		return this.guests.size();
	}

	/**
	 * What is known of an address. Changed within the map's own locks only.
	 */
	private static final class Guest {

		private final @Nullable TokenBucket rate;

		private int connections;

		/** A time limit runs at whose end this may be forgotten. */
		private boolean awaited;

		private Guest(LimitSettings settings, long now) {
			int perSecond = settings.connectRatePerAddress();
			this.rate = (perSecond > 0) ? new TokenBucket(perSecond, settings.atOnce(perSecond), now) : null;
		}

	}

	/**
	 * Takes a result out of the map's lock.
	 */
	private static final class Verdict {

		private @Nullable RejectReason reason;

	}

}
