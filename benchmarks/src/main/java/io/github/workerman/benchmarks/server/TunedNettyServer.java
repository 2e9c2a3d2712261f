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

package io.github.workerman.benchmarks.server;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/**
 * Netty with its own codecs and one handler that writes to the channel and flushes once
 * per read batch: what a careful Netty programmer gets. It checks UTF-8 as Netty does by
 * default and passes the received buffers on.
 */
public final class TunedNettyServer {

	private static final int MAX_HANDSHAKE_SIZE = 8192;

	private final ServerOptions options;

	private final BroadcastGroup group = new BroadcastGroup();

	private TunedNettyServer(ServerOptions options) {
		this.options = options;
	}

	/**
	 * Runs the server until the program is ended.
	 * @param args see {@link ServerOptions}
	 */
	public static void main(String[] args) {
		start(ServerOptions.parse(args)).await();
	}

	/**
	 * Starts the server.
	 * @param options what it does
	 * @return the server, which listens
	 */
	public static RunningServer start(ServerOptions options) {
		EventLoopGroup loops = options.transport().newTunedEventLoopGroup(options.threads());
		Channel channel = new TunedNettyServer(options).bind(loops);
		int port = ((InetSocketAddress) channel.localAddress()).getPort();
		return new RunningServer(port, () -> {
			channel.close().syncUninterruptibly();
			loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
		});
	}

	private Channel bind(EventLoopGroup loops) {
		return new ServerBootstrap().group(loops)
			.channel(this.options.transport().serverChannelType())
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					initialize(channel.pipeline());
				}

			})
			.bind(ServerOptions.HOST, this.options.port())
			.syncUninterruptibly()
			.channel();
	}

	private void initialize(ChannelPipeline pipeline) {
		switch (this.options.protocol()) {
			case WEBSOCKET -> pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_HANDSHAKE_SIZE),
					new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
						.websocketPath("/")
						.maxFramePayloadLength(ServerOptions.MAX_MESSAGE_SIZE)
						.build()));
			case HTTP -> throw new IllegalStateException("There is no tuned HTTP server");
			case TEXT -> pipeline.addLast(new LineBasedFrameDecoder(ServerOptions.MAX_MESSAGE_SIZE, false, true));
			case FRAME ->
				pipeline.addLast(new LengthFieldBasedFrameDecoder(ServerOptions.MAX_MESSAGE_SIZE, 0, 4, -4, 0));
		}
		pipeline.addLast(newHandler());
	}

	private ChannelHandler newHandler() {
		return switch (this.options.mode()) {
			case ECHO -> new EchoChannelHandler();
			case BROADCAST -> new BroadcastChannelHandler(this.group);
		};
	}

}
