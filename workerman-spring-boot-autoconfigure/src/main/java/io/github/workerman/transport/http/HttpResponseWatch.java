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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells the guard where responses end. Stands behind the codec.
 */
final class HttpResponseWatch extends ChannelOutboundHandlerAdapter {

	static final String NAME = "workerman.http.responses";

	private final HttpGuard guard;

	private long size;

	HttpResponseWatch(HttpGuard guard) {
		this.guard = guard;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean last = isLast(message);
		if (message instanceof HttpContent content) {
			this.size += content.content().readableBytes();
		}
		if (!last) {
			context.write(message, promise);
			return;
		}
		int body = (int) Math.min(this.size, Integer.MAX_VALUE);
		this.size = 0;
		context.write(message, promise.unvoid()).addListener((written) -> this.guard.responded(body));
	}

	/**
	 * Tells whether a response ends with a message, which one that only informs does not.
	 */
	static boolean isLast(Object message) {
		return message instanceof LastHttpContent && !(message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
	}

}
