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

package io.github.workerman.benchmarks.load;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.github.workerman.benchmarks.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of a run need to speak TLS with a server whose certificate nobody
 * knows.
 */
final class TlsClient implements AutoCloseable {

	private final SslContext context;

	private final TlsLayer.Buffers buffers = new TlsLayer.Buffers();

	private TlsClient(SslContext context) {
		this.context = context;
	}

	/**
	 * Creates a client.
	 * @return the client, or {@code null} for no TLS
	 */
	static @Nullable TlsClient of(Tls tls) throws SSLException {
		return (tls == Tls.OFF) ? null
				: new TlsClient(SslContextBuilder.forClient()
					.sslProvider(tls.provider())
					.trustManager(InsecureTrustManagerFactory.INSTANCE)
					.endpointIdentificationAlgorithm(null)
					.build());
	}

	TlsLayer newLayer() throws SSLException {
		SSLEngine engine = this.context.newEngine(ByteBufAllocator.DEFAULT);
		return new TlsLayer(engine, this.buffers);
	}

	@Override
	public void close() {
		ReferenceCountUtil.release(this.context);
	}

}
