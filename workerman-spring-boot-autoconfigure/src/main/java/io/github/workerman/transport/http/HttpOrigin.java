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

import java.net.SocketAddress;

import io.github.workerman.protocol.ForwardedHeaders;
import io.github.workerman.protocol.TrustedProxies;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param client the client's address
 * @param secure whether the client speaks TLS, with this server or with its proxy
 * @param host the host that the client has asked for, as a proxy says, or {@code null} if
 * none does
 * @param contradiction what is wrong with the fields of proxies, or {@code null}
 */
record HttpOrigin(SocketAddress client, boolean secure, @Nullable String host, @Nullable String contradiction) {

	/**
	 * Returns what the fields of a request say, whose peer is a trusted proxy.
	 */
	HttpOrigin forwarded(TrustedProxies trusted, HttpHeaders headers) {
		try {
			ForwardedHeaders forwarded = ForwardedHeaders.of(trusted, this.client, headers.getAll("forwarded"),
					headers.getAll("x-forwarded-for"), headers.getAll("x-forwarded-proto"),
					headers.getAll("x-forwarded-host"));
			if (forwarded == null) {
				return this;
			}
			Boolean secure = forwarded.secure();
			return new HttpOrigin(forwarded.client(), (secure != null) ? secure : this.secure, forwarded.host(), null);
		}
		catch (IllegalArgumentException ex) {
			return new HttpOrigin(this.client, this.secure, null, String.valueOf(ex.getMessage()));
		}
	}

}
