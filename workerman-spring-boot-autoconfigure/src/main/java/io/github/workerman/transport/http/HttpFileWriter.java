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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.StandardOpenOption;

import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.transport.TransportKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.ssl.SslHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes files as bodies of responses: small ones behind the head in the same buffer,
 * large ones by the operating system. On the event loop only.
 */
final class HttpFileWriter {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	/**
	 * Up to this size reading costs less than what the operating system needs to be told.
	 */
	private static final int LARGEST_READ = 64 * 1024;

	private final HttpResponseWriter heads;

	HttpFileWriter(HttpResponseWriter heads) {
		this.heads = heads;
	}

	/**
	 * Reads a small file.
	 * @return the response, or {@code null} if the file is large or has become so short
	 * that nothing has been read
	 */
	@Nullable ByteBuf read(ChannelHandlerContext context, HttpResponse response, FileBody file) {
		if (file.length() > LARGEST_READ) {
			return null;
		}
		int length = (int) file.length();
		ByteBuf out = this.heads.writeHead(context.alloc(), response, length, length);
		int end = out.writerIndex() + length;
		try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
			int count = 0;
			while (count >= 0 && out.writerIndex() < end) {
				int missing = end - out.writerIndex();
				count = out.writeBytes(channel, file.offset() + length - missing, missing);
			}
			if (out.writerIndex() == end) {
				return out;
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug(file.path() + " cannot be read: " + ex);
		}
		out.release();
		return null;
	}

	/**
	 * Tells whether the operating system can copy a file to the socket.
	 * @return whether it can, if nothing else has to be done to the bytes
	 */
	static boolean isCopied(Channel channel, FileBody file) {
		return channel.pipeline().get(SslHandler.class) == null
				&& file.path().getFileSystem().equals(FileSystems.getDefault())
				// Netty's io_uring (4.2.17) has 31 bits for the position in a file.
				&& (file.offset() + file.length() <= Integer.MAX_VALUE
						|| TransportKind.of(channel.getClass()) != TransportKind.IO_URING);
	}

	/**
	 * Has a file sent by the operating system.
	 * @return completes when it has been, or {@code null} if it cannot be
	 */
	@Nullable ChannelFuture send(ChannelHandlerContext context, HttpResponse response, FileBody file, HttpTraffic traffic) {
		if (!isCopied(context.channel(), file)) {
			return null;
		}
		try {
			FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
			DefaultFileRegion region = new DefaultFileRegion(channel, file.offset(), file.length());
			ByteBuf head = this.heads.writeHead(context.alloc(), response, file.length(), 0);
			traffic.sending(head);
			traffic.sending(region);
			context.write(head, context.voidPromise());
			return context.write(region);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug(file.path() + " cannot be read: " + ex);
			return null;
		}
	}

}
