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

package io.github.workerman.http;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * What is special to http servers.
 *
 * @param requestTimeout how long the header of a request may take from its first byte,
 * and each kilobyte of its body
 * @param idleTimeout how long a connection may wait for its next request, zero for ever
 * @param sendTimeout how long a peer may take nothing of a response that waits for it,
 * zero for ever
 * @param maxTargetSize how long the target of a request may be
 * @param uploadThreshold from which size uploaded files are kept on disk
 * @param http2 whether and how HTTP/2 is spoken
 */
public record HttpSettings(Duration requestTimeout, Duration idleTimeout, Duration sendTimeout, DataSize maxTargetSize,
		DataSize uploadThreshold, Http2Settings http2) {

	/** What holds unless something else is said. */
	public static final HttpSettings DEFAULT = new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(60),
			Duration.ofSeconds(60), DataSize.ofKilobytes(8), DataSize.ofKilobytes(64), Http2Settings.DEFAULT);

}
