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

import java.nio.charset.StandardCharsets;

import io.netty.buffer.search.AbstractSearchProcessorFactory;
import io.netty.buffer.search.SearchProcessor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Looks for what ends a form (RFC 2046 section 5.1.1). Netty's decoder does not miss it,
 * and neither the part that is not complete without it. On the event loop.
 */
final class HttpFormEnd extends ChannelInboundHandlerAdapter {

	private final SearchProcessor search;

	private boolean there;

	private HttpFormEnd(String boundary) {
		byte[] end = ("--" + boundary + "--").getBytes(StandardCharsets.ISO_8859_1);
		this.search = AbstractSearchProcessorFactory.newKmpSearchProcessorFactory(end).newSearchProcessor();
	}

	/**
	 * Begins to look, until the request has ended.
	 * @param request whose body is still to come
	 * @param boundary what separates the parts, or {@code null} if that is unknown
	 * @return what looks, or {@code null}
	 */
	static @Nullable HttpFormEnd watch(HttpServerRequest request, @Nullable String boundary) {
		if (boundary == null) {
			return null;
		}
		HttpFormEnd end = new HttpFormEnd(boundary);
		((Connection) request).channel().pipeline().addBefore(NettyPipeline.ReactiveBridge, null, end);
		return end;
	}

	boolean isThere() {
		return this.there;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content) {
			this.there |= content.content().forEachByte(this.search) >= 0;
			if (message instanceof LastHttpContent) {
				context.pipeline().remove(this);
			}
		}
		context.fireChannelRead(message);
	}

}
