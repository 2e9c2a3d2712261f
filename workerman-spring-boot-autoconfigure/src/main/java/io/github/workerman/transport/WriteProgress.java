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
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;

/**
 * How far a channel has come with what it has to write. Two that are equal mean that the
 * system has taken nothing meanwhile, which is how a peer that does not read shows: the
 * system's own send buffer takes more when about a third of it has been read. On the
 * event loop only.
 *
 * @param head which buffer is being written, 0 for none
 * @param written how many bytes of it have been
 * @param waiting how many bytes wait, without those of files
 */
public record WriteProgress(int head, long written, long waiting) {

	/** What a channel has that has nothing to write. */
	public static final WriteProgress NOTHING_WAITS = new WriteProgress(0, 0, 0);

	/**
	 * Tells how far a channel has come.
	 * @param channel the channel
	 * @return where it is
	 */
	public static WriteProgress of(Channel channel) {
		ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
		Object head = (outbound != null) ? outbound.current() : null;
		if (outbound == null || head == null) {
			return NOTHING_WAITS;
		}
		long written = (head instanceof FileRegion file) ? file.transferred() : outbound.currentProgress();
		return new WriteProgress(System.identityHashCode(head), written, outbound.totalPendingWriteBytes());
	}

}
