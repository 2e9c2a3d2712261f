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

package io.github.workerman.transport.http;

import io.github.workerman.connection.StreamReset;
import io.github.workerman.connection.spi.ConnectionListener;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Counts the streams of a connection that the codec resets because of what the peer has
 * sent on them. Those that never became a stream to anybody else are seen in the frames
 * that leave (RFC 9113 section 4.1). On the event loop only.
 */
final class Http2Resets {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final int HEADER = 9;

	private static final int TYPE_AT = 3;

	private static final int STREAM_AT = 5;

	private static final int RST_STREAM = 3;

	private final ConnectionListener listener;

	private final HttpConnection connection;

	/* How much is still to come of the frame under way. */
	private int rest;

	private int counted;

	/* The last stream that the peer may still expect an answer on. */
	private int last = Integer.MAX_VALUE;

	Http2Resets(ConnectionListener listener, HttpConnection connection) {
		this.listener = listener;
		this.connection = connection;
	}

	/**
	 * Notes that the peer has been told to begin no more streams.
	 * @param lastStream the last one that is answered
	 */
	void goodbye(int lastStream) {
		this.last = lastStream;
	}

	/**
	 * Looks at frames on their way to the peer. The codec writes the header of a frame,
	 * and all of a reset, in one piece.
	 */
	void sending(ByteBuf bytes) {
		int position = bytes.readerIndex();
		int end = bytes.writerIndex();
		while (end - position > this.rest) {
			position += this.rest;
			this.rest = 0;
			if (end - position < HEADER) {
				return;
			}
			int length = bytes.getUnsignedMedium(position);
			if (bytes.getByte(position + TYPE_AT) == RST_STREAM && end - position >= HEADER + Integer.BYTES) {
				count(bytes.getInt(position + STREAM_AT), bytes.getUnsignedInt(position + HEADER));
			}
			position += HEADER;
			this.rest = length;
		}
		this.rest -= end - position;
	}

	/**
	 * Notes that a stream fails because of what the peer has sent; its reset follows.
	 */
	void count(int stream, long error) {
		StreamReset reason = reason(stream, error);
		if (reason == null || stream == this.counted) {
			return;
		}
		this.counted = stream;
		if (logger.isDebugEnabled()) {
			logger.debug(this.connection + " has its stream " + stream + " reset: " + reason);
		}
		this.listener.streamReset(reason);
	}

	/* RFC 9113 section 7; null if it is not the peer's fault */
	private @Nullable StreamReset reason(int stream, long error) {
		Http2Error known = Http2Error.valueOf(error);
		return switch ((known != null) ? known : Http2Error.INTERNAL_ERROR) {
			case NO_ERROR, CANCEL, INTERNAL_ERROR -> null;
			case FLOW_CONTROL_ERROR -> StreamReset.FLOW_CONTROL;
			case REFUSED_STREAM -> (stream > this.last) ? StreamReset.GOING_AWAY : StreamReset.TOO_MANY;
			case STREAM_CLOSED -> StreamReset.CLOSED;
			default -> StreamReset.MALFORMED;
		};
	}

}
