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
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Looks at the requests of one connection of a web server, before the web server does. A
 * request for a websocket at a path of a mounted endpoint ends HTTP on the connection:
 * the web server's handlers are taken out of the pipeline, and the engine gets the
 * request, written anew, and all that comes behind it.
 */
final class MountHandler extends ChannelDuplexHandler {

	static final String NAME = "workerman.mount";

	private static final byte[] CRLF = { '\r', '\n' };

	private final WebMount mount;

	/* Requests that the web server has not answered yet. */
	private int pending;

	private boolean informational;

	private @Nullable MountedEndpoint endpoint;

	/* The request for the upgrade, and what came behind it. */
	private @Nullable ByteBuf bytes;

	MountHandler(WebMount mount) {
		this.mount = mount;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		MountedEndpoint taker = this.endpoint;
		if (taker != null) {
			follow(context, taker, message);
			return;
		}
		if (message instanceof HttpRequest request) {
			MountedEndpoint found = (this.pending == 0 && isUpgrade(request)) ? find(request.uri()) : null;
			if (found != null) {
				this.endpoint = found;
				this.bytes = head(context, request);
				follow(context, found, message);
				return;
			}
			this.pending++;
		}
		context.fireChannelRead(message);
	}

	private static boolean isUpgrade(HttpRequest request) {
		return request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				&& request.method().equals(HttpMethod.GET) && request.decoderResult().isSuccess()
				&& !HttpUtil.isTransferEncodingChunked(request) && HttpUtil.getContentLength(request, 0L) == 0;
	}

	private @Nullable MountedEndpoint find(String uri) {
		int query = uri.indexOf('?');
		String path = (query < 0) ? uri : uri.substring(0, query);
		try {
			return path.startsWith("/") ? this.mount.find(path) : null;
		}
		catch (IllegalArgumentException ex) {
			// The web server will say what is wrong with it.
			return null;
		}
	}

	/* Every character stands for a byte, as the codec has it. */
	private static ByteBuf head(ChannelHandlerContext context, HttpRequest request) {
		StringBuilder head = new StringBuilder(256);
		head.append(request.method()).append(' ').append(request.uri()).append(' ');
		head.append(request.protocolVersion().text()).append("\r\n");
		for (Map.Entry<String, String> field : request.headers()) {
			head.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n");
		}
		ByteBuf bytes = context.alloc().buffer(head.length() + CRLF.length);
		bytes.writeCharSequence(head, StandardCharsets.ISO_8859_1);
		return bytes.writeBytes(CRLF);
	}

	private void follow(ChannelHandlerContext context, MountedEndpoint taker, Object message) {
		if (message instanceof ByteBuf rest && this.bytes != null) {
			// The codec has been removed and gives up what it has not looked at.
			this.bytes = this.bytes.writeBytes(rest);
		}
		ReferenceCountUtil.release(message);
		if (message instanceof LastHttpContent) {
			upgrade(context, taker);
		}
	}

	private void upgrade(ChannelHandlerContext context, MountedEndpoint taker) {
		if (!taker.isAccepting()) {
			refuse(context);
			return;
		}
		if (!taker.admits(context.channel())) {
			return;
		}
		removeHttp(context);
		ByteBuf all = this.bytes;
		this.bytes = null;
		taker.take(context, (all != null) ? all : context.alloc().buffer(0));
	}

	private static void refuse(ChannelHandlerContext context) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.SERVICE_UNAVAILABLE);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
		context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

	/*
	 * Whatever the web server has put into the pipeline from the codec on, those who read
	 * last first, so that what the codec holds comes here.
	 */
	private static void removeHttp(ChannelHandlerContext context) {
		ChannelPipeline pipeline = context.pipeline();
		List<String> names = pipeline.names();
		int codec = 0;
		while (!(pipeline.get(names.get(codec)) instanceof HttpServerCodec)) {
			codec++;
		}
		for (int i = names.indexOf(NettyPipeline.ReactiveBridge) - 1; i >= codec; i--) {
			if (!names.get(i).equals(NAME)) {
				pipeline.remove(names.get(i));
			}
		}
		for (String timeout : List.of(NettyPipeline.IdleTimeoutHandler, NettyPipeline.ReadTimeoutHandler)) {
			if (pipeline.context(timeout) != null) {
				pipeline.remove(timeout);
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.endpoint == null) {
			context.fireChannelReadComplete();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			this.informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}
		if (message instanceof LastHttpContent && !this.informational) {
			this.pending--;
		}
		context.write(message, promise);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		ByteBuf rest = this.bytes;
		this.bytes = null;
		if (rest != null) {
			rest.release();
		}
	}

}
