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

/**
 * What a run of the load generator has seen. It is {@linkplain #ok() good} only if
 * nothing was lost, wrong or closed.
 *
 * @param mode what was done
 * @param protocol what was spoken
 * @param connections the number of connections
 * @param ok whether there was something to count and no error
 * @param rate messages that came back, or in the connect mode cycles, per second
 * @param count messages or cycles in the measured time
 * @param seconds the measured time
 * @param medianMicros median of the time from sending a message to its coming back, or of
 * a cycle, in microseconds
 * @param p99Micros 99th percentile of the same
 * @param opened connections opened
 * @param bytesPerConnection growth of the server's resident memory per idle connection; 0
 * in other modes
 * @param lost messages that did not come
 * @param corrupt messages with the wrong content or in the wrong order
 * @param unexpected messages that nobody asked for
 * @param closed connections that the server closed
 * @param failed connections that could not be opened
 * @param timeouts 1 if the run ended because nothing moved any more
 */
public record LoadResult(String mode, String protocol, int connections, boolean ok, double rate, long count,
		double seconds, double medianMicros, double p99Micros, long opened, double bytesPerConnection, long lost,
		long corrupt, long unexpected, long closed, long failed, long timeouts) {

}
