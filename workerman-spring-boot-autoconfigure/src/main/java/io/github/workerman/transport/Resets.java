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

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Ends connections without regard for what is still on its way. On any thread.
 */
public final class Resets {

	private static final Log logger = LogFactory.getLog(Resets.class);

	private Resets() {
	}

	/**
	 * Has the next close of a channel reset the connection: the system keeps nothing for
	 * it, where it would otherwise go on trying to deliver for minutes.
	 * @param channel the channel, which is open
	 */
	public static void prepare(Channel channel) {
		try {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			// Some systems do not allow that once the peer has gone.
			logger.trace("No reset for " + channel, ex);
		}
	}

}
