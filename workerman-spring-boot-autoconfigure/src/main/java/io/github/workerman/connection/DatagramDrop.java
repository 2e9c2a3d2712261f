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

package io.github.workerman.connection;

/**
 * Why a datagram was dropped. The names, in lower case, are the values of the
 * {@code reason} tag of the metric {@code workerman.datagrams.dropped}.
 */
public enum DatagramDrop {

	/** A received one is larger than the server's maximum message size. */
	TOO_BIG,

	/** A received one is not what the codec allows, or ends before its last message. */
	MALFORMED,

	/** The codec has failed at a received one otherwise; the error is in the log. */
	ERROR,

	/** The operating system has refused to send it, for instance because of its size. */
	REFUSED

}
