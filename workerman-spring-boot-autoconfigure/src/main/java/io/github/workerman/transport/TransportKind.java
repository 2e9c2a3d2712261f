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

package io.github.workerman.transport;

import java.util.Locale;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import org.jspecify.annotations.Nullable;

/**
 * How the operating system is asked for input and output.
 */
public enum TransportKind {

	/** The best that is available: io_uring, epoll, NIO, in this order. */
	AUTO,

	/** io_uring of Linux 6.12 or later; needs Netty's native library for it. */
	IO_URING,

	/** Linux epoll; needs Netty's native library for it. */
	EPOLL,

	/** The JDK's selectors, available everywhere. */
	NIO;

	/**
	 * Returns what stands in the way of this kind.
	 * @return the reason, or {@code null} if it is available
	 */
	public @Nullable String unavailable() {
		return switch (this) {
			case IO_URING -> reason("io.netty.channel.uring.IoUring", () -> {
				IoUringProperties.apply();
				return IoUringConfig.unavailabilityCause();
			});
			case EPOLL -> reason("io.netty.channel.epoll.Epoll", () -> Epoll.unavailabilityCause());
			case AUTO, NIO -> null;
		};
	}

	/**
	 * Returns the kind that is in fact used.
	 * @return this kind, or the best available one for {@link #AUTO}
	 * @throws TransportUnavailableException if this kind is not available
	 */
	public TransportKind resolve() {
		if (this == AUTO) {
			return (IO_URING.unavailable() == null) ? IO_URING : (EPOLL.unavailable() == null) ? EPOLL : NIO;
		}
		String reason = unavailable();
		if (reason != null) {
			throw new TransportUnavailableException(this, reason);
		}
		return this;
	}

	/**
	 * Returns the kind that channels of a type belong to.
	 * @param channelType the type
	 * @return {@code IO_URING}, {@code EPOLL}, {@code NIO}, or {@code null} if it is none
	 * of them
	 */
	public static @Nullable TransportKind of(Class<? extends Channel> channelType) {
		// The types themselves are not on every class path.
		String name = channelType.getSimpleName();
		return name.startsWith("IoUring") ? IO_URING
				: name.startsWith("Epoll") ? EPOLL : name.startsWith("Nio") ? NIO : null;
	}

	private static @Nullable String reason(String className, CauseSupplier supplier) {
		if (!isPresent(className)) {
			return "its library is not on the class path";
		}
		Throwable cause = supplier.get();
		if (cause == null) {
			return null;
		}
		Throwable root = cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, TransportKind.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	@FunctionalInterface
	private interface CauseSupplier {

		@Nullable Throwable get();

	}

}
