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

import java.net.SocketAddress;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.limit.Deadlines;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.AttributeKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a proxy says about its client before anything else is made for a connection,
 * then leaves the pipeline to the rest. A proxy that speaks for itself, as its health
 * checks do, becomes a connection only with what it sends after that.
 */
public final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

	/** Where the client of a channel comes from, if that is not its peer. */
	public static final AttributeKey<SocketAddress> CLIENT = AttributeKey.valueOf("io.github.workerman.client");

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	private final EndpointContext endpoint;

	private final Deadlines deadlines;

	private final boolean autoRead;

	private final Outcome outcome;

	private final Deadlines.Deadline limit = new Deadlines.Deadline() {

		@Override
		protected void expired() {
			ProxyHeaderHandler.this.expired();
		}

	};

	private @Nullable ChannelHandlerContext context;

	private @Nullable ByteBuf collected;

	private State state = State.BEGINNING;

	/**
	 * Creates a handler.
	 * @param autoRead whether the channel is to read by itself
	 * @param outcome told exactly once how it went
	 */
	ProxyHeaderHandler(EndpointContext endpoint, Deadlines deadlines, boolean autoRead, Outcome outcome) {
		this.endpoint = endpoint;
		this.deadlines = deadlines;
		this.autoRead = autoRead;
		this.outcome = outcome;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		this.deadlines.add(this.limit, this.endpoint.settings().handshakeTimeout().toNanos());
		if (this.autoRead) {
			context.channel().config().setAutoRead(true);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf in)) {
			context.fireChannelRead(message);
			return;
		}
		if (this.state == State.OVER) {
			// Of a peer that has been turned away.
			in.release();
			return;
		}
		ByteBuf before = this.collected;
		this.collected = (before == null) ? in
				: ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), before, in);
		look(context, this.collected);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.state == State.OVER || this.autoRead) {
			context.fireChannelReadComplete();
		}
		else {
			// The others have not seen anything that they would read on for.
			context.read();
		}
	}

	private void look(ChannelHandlerContext context, ByteBuf in) {
		try {
			if (this.state == State.BEGINNING) {
				begin(context, in);
			}
			if (this.state == State.HEADER) {
				header(context, in);
			}
		}
		catch (IllegalArgumentException ex) {
			reject(context, RejectReason.PROXY_HEADER, "PROXY header: " + ex.getMessage());
			return;
		}
		if (this.state == State.ALONE && in.isReadable()) {
			pass(context);
		}
	}

	private void begin(ChannelHandlerContext context, ByteBuf in) {
		switch (ProxyHeader.beginning(in)) {
			case HEADER -> this.state = State.HEADER;
			case OTHER -> {
				if (isRequired()) {
					throw new IllegalArgumentException("there is none");
				}
				pass(context);
			}
			default -> {
				// wait for more
			}
		}
	}

	private void header(ChannelHandlerContext context, ByteBuf in) {
		ProxyHeader header = ProxyHeader.read(in);
		if (header == null) {
			return;
		}
		// HAProxy's checks with version 1 name the check's own address.
		if (header.source() == null || header.source().equals(context.channel().remoteAddress())) {
			this.state = State.ALONE;
		}
		else {
			context.channel().attr(CLIENT).set(header.source());
			pass(context);
		}
	}

	private boolean isRequired() {
		return this.endpoint.settings().proxyProtocol() == ProxyProtocol.REQUIRED;
	}

	/**
	 * Leaves the channel to the others, with what else has come.
	 */
	private void pass(ChannelHandlerContext context) {
		ByteBuf rest = this.collected;
		this.collected = null;
		this.state = State.OVER;
		this.deadlines.remove(this.limit);
		this.outcome.pass();
		if (rest != null && rest.isReadable()) {
			context.fireChannelRead(rest);
		}
		else {
			if (rest != null) {
				rest.release();
			}
			if (!this.autoRead) {
				// The others have not seen anything that they would read on for.
				context.read();
			}
		}
		context.pipeline().remove(this);
	}

	private void reject(ChannelHandlerContext context, RejectReason reason, String text) {
		if (logger.isDebugEnabled()) {
			logger.debug("Rejected " + Addresses.format(SocketNames.jdk(context.channel().remoteAddress()))
					+ " at server '" + this.endpoint.settings().server() + "': " + text);
		}
		end(reason);
		context.close();
	}

	private void end(RejectReason reason) {
		ByteBuf in = this.collected;
		this.collected = null;
		this.state = State.OVER;
		this.deadlines.remove(this.limit);
		if (in != null) {
			in.release();
		}
		this.endpoint.listener().rejected(reason);
		this.outcome.fail();
	}

	private void expired() {
		ChannelHandlerContext context = this.context;
		if (context == null || this.state == State.OVER) {
			return;
		}
		if (isPlain()) {
			// It may be the server's turn to speak first.
			pass(context);
			context.fireChannelReadComplete();
		}
		else {
			reject(context, RejectReason.TIMEOUT, "PROXY header was not complete in time");
		}
	}

	/**
	 * Tells whether there may be no further part of a header.
	 */
	private boolean isPlain() {
		return this.state == State.ALONE || (this.state == State.BEGINNING && !isRequired());
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (this.state != State.OVER && event instanceof ChannelInputShutdownEvent) {
			if (isPlain() && this.collected != null && this.collected.isReadable()) {
				pass(context);
				context.fireChannelReadComplete();
			}
			else {
				reject(context, RejectReason.ABANDONED, "left before it had said anything");
			}
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.state != State.OVER) {
			end(RejectReason.ABANDONED);
		}
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.state != State.OVER) {
			end(RejectReason.ABANDONED);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.state == State.OVER) {
			context.fireExceptionCaught(cause);
		}
		else {
			reject(context, RejectReason.ABANDONED, String.valueOf(cause));
		}
	}

	/**
	 * How it went.
	 */
	interface Outcome {

		/**
		 * The channel is for others to use.
		 */
		void pass();

		/**
		 * The channel is going to close.
		 */
		void fail();

	}

	private enum State {

		/** Too few bytes have come to tell anything. */
		BEGINNING,

		/** A header has begun. */
		HEADER,

		/** The proxy speaks for itself. */
		ALONE,

		/** Nothing is left to do here. */
		OVER

	}

}
