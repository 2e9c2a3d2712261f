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

import java.io.IOException;

import tools.jackson.databind.json.JsonMapper;

/**
 * Puts load on a server and checks every message that comes back. Prints its
 * {@link LoadResult} as one line of JSON; the exit status is 0 if all was well and 1
 * otherwise.
 */
public final class LoadGenerator {

	private LoadGenerator() {
	}

	/**
	 * Runs the load.
	 * @param args see {@link LoadOptions}
	 * @throws IOException if the network is not usable
	 */
	public static void main(String[] args) throws IOException {
		LoadResult result = run(LoadOptions.parse(args));
		System.out.println(new JsonMapper().writeValueAsString(result));
		System.exit(result.ok() ? 0 : 1);
	}

	/**
	 * Runs the load in the calling thread.
	 * @param options what to do
	 * @return what was seen
	 * @throws IOException if the network is not usable
	 */
	public static LoadResult run(LoadOptions options) throws IOException {
		Tally tally = new Tally();
		try (PeerLoop loop = new PeerLoop(options, tally)) {
			Scenario scenario = switch (options.mode()) {
				case ECHO -> new EchoScenario(options, loop, tally);
				case BROADCAST -> new BroadcastScenario(options, loop, tally);
				case IDLE -> new IdleScenario(options, loop, tally);
				case CONNECT -> new ConnectScenario(options, loop, tally);
			};
			loop.use(scenario);
			scenario.run();
		}
		return tally.toResult(options);
	}

}
