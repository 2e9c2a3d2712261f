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

package io.github.workerman.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.Traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Checks that a decorator passes everything on. Methods of the listener have defaults, so
 * that the compiler does not notice one that is missing.
 */
public final class Forwarding {

	private Forwarding() {
	}

	public static void check(UnaryOperator<ConnectionListener> decorator) throws ReflectiveOperationException {
		List<String> calls = new ArrayList<>();
		ConnectionListener next = (ConnectionListener) Proxy.newProxyInstance(Forwarding.class.getClassLoader(),
				new Class<?>[] { ConnectionListener.class }, (proxy, method, arguments) -> {
					calls.add(method.getName() + Arrays.toString(arguments));
					return null;
				});
		ConnectionListener decorated = decorator.apply(next);
		List<String> expected = new ArrayList<>();
		for (Method method : ConnectionListener.class.getDeclaredMethods()) {
			if (!method.isSynthetic()) {
				Object[] arguments = Arrays.stream(method.getParameterTypes()).map(Forwarding::argument).toArray();
				expected.add(method.getName() + Arrays.toString(arguments));
				method.invoke(decorated, arguments);
			}
		}
		assertThat(expected).isNotEmpty();
		assertThat(calls).isEqualTo(expected);
	}

	private static Object argument(Class<?> type) {
		if (type == CloseReason.class) {
			return CloseReason.NORMAL;
		}
		if (type == RejectReason.class) {
			return RejectReason.ORIGIN;
		}
		if (type == int.class) {
			return 3;
		}
		if (type == Throwable.class) {
			return new IllegalStateException("test");
		}
		return (type == Traffic.class) ? new NoTraffic() : mock(type);
	}

	private record NoTraffic() implements Traffic {

		@Override
		public int messages() {
			return 0;
		}

		@Override
		public long messageBytes() {
			return 0;
		}

		@Override
		public int largestMessage() {
			return 0;
		}

		@Override
		public long bytes() {
			return 0;
		}

	}

}
