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

/**
 * A system property by which Netty's io_uring asks the kernel for one receipt at a time.
 * It would ask once for all that ever come ("multishot"), but Netty 4.2.17 cannot be sure
 * to take such a request back: it renews it when it ends for want of buffers, and loses
 * sight of it once it has tried to cancel it, so that a connection that is paused goes on
 * being read.
 */
public final class IoUringProperties {

	private static final String MULTISHOT = "io.netty.iouring.recvMultiShotEnabled";

	private IoUringProperties() {
	}

	/**
	 * Sets the property, for the whole virtual machine, to {@code false} unless it has a
	 * value. Without effect once Netty's io_uring has been used. Usable from any thread.
	 */
	public static void apply() {
		if (System.getProperty(MULTISHOT) == null) {
			System.setProperty(MULTISHOT, "false");
		}
	}

}
