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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;

/**
 * Waits on a connection of a web server with TLS until it is known which version of HTTP
 * is spoken. There are no upgrades in HTTP/2.
 */
final class MountInstaller extends ChannelInboundHandlerAdapter {

	static final String NAME = "workerman.mount.installer";

	private final WebMount mount;

	MountInstaller(WebMount mount) {
		this.mount = mount;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess() && context.pipeline().context(NettyPipeline.HttpTrafficHandler) != null) {
				this.mount.install(context.pipeline());
			}
			context.fireUserEventTriggered(event);
			context.pipeline().remove(this);
		}
		else {
			context.fireUserEventTriggered(event);
		}
	}

}
