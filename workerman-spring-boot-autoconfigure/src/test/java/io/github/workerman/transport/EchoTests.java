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

import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnEachTransport
class EchoTests extends TransportFixture {

	@Test
	void websocketEchoes() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				Bystander bystander = new Bystander(server)) {
			bystander.isServed();
		}
	}

	@Test
	void textEchoes() {
		try (TestServer server = TestServer.text(this.kind).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			client.write("hello\r\n");
			assertThat(client.readLine()).isEqualTo("hello");
		}
	}

}
