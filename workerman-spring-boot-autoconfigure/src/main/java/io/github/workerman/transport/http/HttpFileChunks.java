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

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

import io.github.workerman.http.FileBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A file that is read chunk by chunk because something has to be done to its bytes on
 * their way. It fails when the file has become shorter than was said: Netty's own goes on
 * reading nothing then, and never leaves the event loop again.
 */
final class HttpFileChunks extends ChunkedNioFile {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private static final int CHUNK = 16 * 1024;

	private HttpFileChunks(FileChannel channel, FileBody file) throws IOException {
		super(channel, file.offset(), file.length(), CHUNK);
	}

	/**
	 * Sends a file, in chunks unless the operating system can do it.
	 * @return completes when it has been sent
	 */
	static Publisher<Void> send(HttpServerResponse response, FileBody file) {
		return response.sendUsing(() -> FileChannel.open(file.path(), StandardOpenOption.READ),
				(connection, channel) -> content(connection, channel, file), HttpFileChunks::close);
	}

	private static Object content(Connection connection, FileChannel channel, FileBody file) {
		if (isCopied(connection, file)) {
			return new DefaultFileRegion(channel, file.offset(), file.length());
		}
		if (connection.channel().pipeline().get(NettyPipeline.ChunkedWriter) == null) {
			connection.addHandlerLast(NettyPipeline.ChunkedWriter, new ChunkedWriteHandler());
		}
		try {
			return new HttpFileChunks(channel, file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(file.path() + " cannot be read", ex);
		}
	}

	private static boolean isCopied(Connection connection, FileBody file) {
		Channel channel = connection.channel();
		return channel.pipeline().get(NettyPipeline.CompressionHandler) == null
				&& !(channel instanceof Http2StreamChannel) && HttpFileWriter.isCopied(channel, file);
	}

	private static void close(FileChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.debug("A file cannot be closed: " + ex);
		}
	}

	@Override
	public ByteBuf readChunk(ByteBufAllocator allocator) throws Exception {
		long wanted = Math.min(CHUNK, endOffset() - currentOffset());
		ByteBuf chunk = super.readChunk(allocator);
		if (chunk != null && chunk.readableBytes() < wanted) {
			chunk.release();
			throw new EOFException("The file has become shorter");
		}
		return chunk;
	}

}
