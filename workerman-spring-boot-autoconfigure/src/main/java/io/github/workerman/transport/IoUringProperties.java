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

import java.util.List;

/**
 * System properties by which Netty's io_uring asks the kernel for one event at a time. It
 * would ask once for all that ever come ("multishot"), which loses connections with Netty
 * 4.2.17:
 * <ul>
 * <li>A request for all receipts is renewed when it ends for want of buffers, and out of
 * sight once it has been cancelled in vain, so that a connection that is paused goes on
 * being read.
 * <li>A reset that comes together with bytes makes no event of its own. The bytes are
 * read, the reset is not, and the channel stays for ever.
 * </ul>
 */
public final class IoUringProperties {

	private static final List<String> MULTISHOT = List.of("io.netty.iouring.recvMultiShotEnabled",
			"io.netty.iouring.pollAddMultishotEnabled");

	private IoUringProperties() {
	}

	/**
	 * Sets the properties, for the whole virtual machine, to {@code false} unless they
	 * have a value. Without effect once Netty's io_uring has been used. Usable from any
	 * thread.
	 */
	public static void apply() {
		for (String name : MULTISHOT) {
			if (System.getProperty(name) == null) {
				System.setProperty(name, "false");
			}
		}
	}

}
