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

package io.github.workerman.benchmarks.churn;

/**
 * What a server holds at a moment without connections.
 *
 * @param opened connections that were opened so far
 * @param connections open connections, as the connection registry knows them
 * @param gauge open connections, as the meter tells
 * @param users users of the gateway
 * @param groups groups of the gateway
 * @param meters meters, without those of the garbage collector, which come with the first
 * collection of their kind
 * @param threads live threads
 * @param heap bytes of the heap in use after garbage collection
 * @param allocator bytes of direct memory that Netty's allocators hold
 * @param direct bytes of direct memory that Netty has counted, -1 where it does not
 */
record Snapshot(long opened, int connections, double gauge, int users, int groups, int meters, int threads, long heap,
		long allocator, long direct) {

}
