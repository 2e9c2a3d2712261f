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

import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Checks requests of HTTP/2 by the rules of HTTP/1.1, as far as their codec does not,
 * before anybody else looks at them. What is refused goes on as a request that nobody can
 * misunderstand, so that it is answered as all others are. Stands behind the codec.
 */
final class Http2HeadCheck extends ChannelInboundHandlerAdapter {

	static final String NAME = "workerman.http2.check";

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final Http2Guard guard;

	/* The stream that was begun last. */
	private int last;

	Http2HeadCheck(Http2Guard guard) {
		this.guard = guard;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		// Trailers come on a stream that is known.
		if (message instanceof Http2HeadersFrame frame && frame.stream().id() > this.last) {
			this.last = frame.stream().id();
			check(frame.headers(), this.last);
		}
		context.fireChannelRead(message);
	}

	private void check(Http2Headers headers, int stream) {
		try {
			this.guard.server().check(head(headers));
		}
		catch (HttpRefusal refusal) {
			this.guard.refusals().put(stream, refusal);
			headers.remove(HttpHeaderNames.HOST);
			headers.authority("refused").path("/").method("GET");
		}
	}

	private static HttpHead head(Http2Headers headers) throws HttpRefusal {
		if (headers.method() == null) {
			throw HttpRefusal.malformed("there is no method");
		}
		String path = String.valueOf(headers.path());
		if (!path.startsWith("/") && !path.equals("*")) {
			// RFC 9113 section 8.3.1: the host has a field of its own.
			throw HttpRefusal.malformed("the request target is not valid");
		}
		CharSequence authority = headers.authority();
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST).stream().map(CharSequence::toString).toList();
		if (authority != null) {
			if (hosts.stream().anyMatch((host) -> !host.equalsIgnoreCase(authority.toString()))) {
				// RFC 9113 section 8.3.1
				throw HttpRefusal.malformed("there are different hosts");
			}
			headers.remove(HttpHeaderNames.HOST);
			hosts = List.of(authority.toString());
		}
		List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH)
			.stream()
			.map(CharSequence::toString)
			.toList();
		return HttpHeadReader.read(String.valueOf(headers.method()), path, hosts, lengths);
	}

	/* The guard has learned of it from the goodbye of the codec. */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof Http2FrameStreamException failed) {
			this.guard.resets().count(failed.stream().id(), failed.error().code());
			if (logger.isDebugEnabled()) {
				logger.debug("A stream of " + this.guard.connection() + " is reset: " + failed.getMessage());
			}
			// What a peer does wrong is no error of the server that has to be in the log:
			// to those behind it has broken off.
			context.fireExceptionCaught(
					new Http2FrameStreamException(failed.stream(), failed.error(), new ClosedChannelException()));
		}
		else if (!(cause instanceof Http2Exception)) {
			context.fireExceptionCaught(cause);
		}
	}

}
