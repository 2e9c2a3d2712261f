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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.NettyLoop;
import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.Waiting;
import io.netty.util.NetUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AddressLimits}.
 */
class AddressLimitsTests {

	private final EventLoops loops = EventLoops.create(TransportKind.NIO, 1, "test");

	private final NettyLoop loop = (NettyLoop) this.loops.watches().iterator().next();

	@AfterEach
	void close() {
		this.loops.close();
	}

	@Test
	void whenAddressHasItsConnectionsThenOthersAreNotConcerned() {
		AddressLimits limits = new AddressLimits(LimitSettings.builder().maxConnectionsPerAddress(2).build());
		AddressKey one = limits.key(address("192.0.2.1"));
		AddressKey other = limits.key(address("192.0.2.2"));
		assertThat(limits.enter(one)).isNull();
		assertThat(limits.enter(one)).isNull();
		assertThat(limits.enter(one)).isEqualTo(RejectReason.CONNECTIONS_PER_ADDRESS);
		assertThat(limits.enter(other)).isNull();
		limits.leave(one, this.loop.deadlines());
		assertThat(limits.enter(one)).isNull();
		assertThat(limits.size()).isEqualTo(2);
		limits.leave(one, this.loop.deadlines());
		limits.leave(one, this.loop.deadlines());
		limits.leave(other, this.loop.deadlines());
		assertThat(limits.size()).isZero();
	}

	@Test
	void whenIpv6ThenNetworkCounts() {
		AddressLimits limits = new AddressLimits(LimitSettings.builder().maxConnectionsPerAddress(1).build());
		assertThat(limits.key(address("2001:db8::1"))).isEqualTo(limits.key(address("2001:db8::ffff:0:0:1")))
			.isNotEqualTo(limits.key(address("2001:db8:0:1::1")));
		AddressLimits narrow = new AddressLimits(LimitSettings.builder().ipv6PrefixLength(128).build());
		assertThat(narrow.key(address("2001:db8::1"))).isNotEqualTo(narrow.key(address("2001:db8::2")));
		AddressLimits wide = new AddressLimits(LimitSettings.builder().ipv6PrefixLength(48).build());
		assertThat(wide.key(address("2001:db8::1"))).isEqualTo(wide.key(address("2001:db8:0:1::1")));
		AddressLimits odd = new AddressLimits(LimitSettings.builder().ipv6PrefixLength(120).build());
		assertThat(odd.key(address("2001:db8::1"))).isEqualTo(odd.key(address("2001:db8::ff")))
			.isNotEqualTo(odd.key(address("2001:db8::1ff")));
		assertThat(limits.key(address("192.0.2.1"))).isNotEqualTo(limits.key(address("192.0.2.2")));
	}

	@Test
	void whenConnectRateIsExceededThenIsRememberedUntilItIsOver() throws Exception {
		AddressLimits limits = new AddressLimits(
				LimitSettings.builder().connectRatePerAddress(2).burst(Duration.ofSeconds(1)).build());
		AddressKey key = limits.key(address("192.0.2.1"));
		CountDownLatch done = new CountDownLatch(1);
		List<RejectReason> reasons = new ArrayList<>();
		this.loop.execute(() -> {
			for (int i = 0; i < 3; i++) {
				RejectReason reason = limits.enter(key);
				reasons.add(reason);
				if (reason == null) {
					limits.leave(key, this.loop.deadlines());
				}
			}
			done.countDown();
		});
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(reasons).containsExactly(null, null, RejectReason.CONNECT_RATE);
		assertThat(limits.size()).isEqualTo(1);
		Waiting.until("address is forgotten", () -> limits.size() == 0);
	}

	@Test
	void whenAddressIsRememberedThenOneTimeLimitSuffices() {
		AddressLimits limits = new AddressLimits(LimitSettings.builder().connectRatePerAddress(100).build());
		AddressKey key = limits.key(address("192.0.2.1"));
		CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 10; i++) {
				assertThat(limits.enter(key)).isNull();
				limits.leave(key, this.loop.deadlines());
			}
			assertThat(this.loop.deadlines().size()).isOne();
		}, this.loop::execute).join();
		Waiting.until("address is forgotten", () -> limits.size() == 0);
	}

	@Test
	void whenManyThreadsComeAndGoThenNothingIsLeft() throws Exception {
		AddressLimits limits = new AddressLimits(LimitSettings.builder().maxConnectionsPerAddress(3).build());
		ExecutorService threads = Executors.newFixedThreadPool(4);
		for (int thread = 0; thread < 4; thread++) {
			threads.execute(() -> {
				for (int i = 0; i < 20_000; i++) {
					AddressKey key = new AddressKey(0, i % 7);
					if (limits.enter(key) == null) {
						limits.leave(key, this.loop.deadlines());
					}
				}
			});
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(limits.size()).isZero();
	}

	private static InetAddress address(String text) {
		return NetUtil.createInetAddressFromIpAddressString(text);
	}

}
