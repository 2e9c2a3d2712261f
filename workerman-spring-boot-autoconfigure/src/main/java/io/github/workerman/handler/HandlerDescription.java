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

package io.github.workerman.handler;

/**
 * What is to be told about a handler, for instance by the actuator endpoint.
 *
 * @param event what it handles, such as {@code message} or {@code close}
 * @param type the message type or, without one, the kind of message ({@code text},
 * {@code binary}) that it receives; the simple name of the exception for error handlers;
 * else empty
 * @param path the paths of the connections that it is for, or empty for all
 * @param method bean and method, as {@code bean#method}
 * @param thread where it runs: {@code event-loop}, {@code blocking}, or {@code lifecycle}
 * for what runs when a server starts and stops
 */
public record HandlerDescription(String event, String type, String path, String method, String thread) {

}
