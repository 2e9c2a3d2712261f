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

/**
 * The connection engine: binds servers on reactor-netty, moves bytes between sockets and
 * codecs, and tells a {@code ConnectionListener} what happens. The only place that knows
 * Netty channels; knows nothing of annotations or properties. It uses {@code tls} and
 * {@code limit}, which stand below it; {@code http} and {@code udp} stand above it. Like
 * these it is internal to the project: what is public here is so for its neighbours, and
 * no API for applications.
 */
@NullMarked
package io.github.workerman.transport;

import org.jspecify.annotations.NullMarked;
