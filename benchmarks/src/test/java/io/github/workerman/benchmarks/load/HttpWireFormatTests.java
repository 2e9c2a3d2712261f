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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.load.WireFormat.Incoming;
import io.github.workerman.benchmarks.load.WireFormat.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Responses that are not right are noticed.
 */
class HttpWireFormatTests {

	private static final String GOOD = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

	private final HttpWireFormat format = new HttpWireFormat("127.0.0.1", 80, List.of(Pages.HELLO_PATH));

	private final Peer peer = new Peer(0);

	@Test
	void whenResponseIsRightThenItMatches() throws WireFormatException {
		assertThat(isRight(GOOD)).isTrue();
		assertThat(isRight(GOOD)).isTrue();
		assertThat(isRight(GOOD.replace("content-length: 5", "x: y\r\nContent-Length:5"))).isTrue();
	}

	@Test
	void whenStatusOrBodyIsWrongThenItDoesNotMatch() throws WireFormatException {
		assertThat(isRight(GOOD)).isTrue();
		assertThat(isRight(GOOD.replace("200 OK", "404 Not Found"))).isFalse();
		assertThat(isRight(GOOD.replace("hello", "hallo"))).isFalse();
		assertThat(isRight(GOOD.replace("5", "6").replace("hello", "hello!"))).isFalse();
		assertThat(isRight(GOOD.replace("5", "4").replace("hello", "hell"))).isFalse();
		assertThat(isRight(GOOD)).isTrue();
	}

	@Test
	void whenLengthIsMissingThenThatIsAnError() {
		assertThatExceptionOfType(WireFormatException.class)
			.isThrownBy(() -> isRight("HTTP/1.1 200 OK\r\nx: y\r\n\r\nhello"));
	}

	@Test
	void whenResponseComesInPiecesThenEachIsChecked() throws WireFormatException {
		byte[] bytes = GOOD.getBytes(StandardCharsets.US_ASCII);
		Incoming incoming = new Incoming();
		int at = 0;
		for (int end = 1; end < bytes.length; end++) {
			if (this.format.next(this.peer, bytes, at, end, incoming)) {
				assertThat(incoming.kind).isEqualTo(Kind.PART);
				at = incoming.end;
			}
		}
		assertThat(at).isEqualTo(bytes.length - 1);
		assertThat(this.format.next(this.peer, bytes, at, bytes.length, incoming)).isTrue();
		assertThat(incoming.kind).isEqualTo(Kind.MESSAGE);
		assertThat(this.format.matches(bytes, 0, 0, 0, 0)).isTrue();
	}

	@Test
	void whenPathsTakeTurnsThenOrderIsChecked() throws WireFormatException {
		HttpWireFormat turns = new HttpWireFormat("127.0.0.1", 80, List.of(Pages.HELLO_PATH, Pages.filePath(1024)));
		ByteBuffer requests = ByteBuffer.allocate(2 * turns.framedLength());
		turns.append(requests, 0, 0);
		turns.append(requests, 1, 0);
		assertThat(new String(requests.array(), StandardCharsets.US_ASCII)).containsSubsequence("GET / HTTP/1.1\r\n",
				"GET /files/1024.bin HTTP/1.1\r\n");
		byte[] bytes = GOOD.getBytes(StandardCharsets.US_ASCII);
		Incoming incoming = new Incoming();
		assertThat(turns.next(this.peer, bytes, 0, bytes.length, incoming)).isTrue();
		assertThat(turns.matches(bytes, 0, 0, 0, 0)).isTrue();
		this.peer.received++;
		assertThat(turns.next(this.peer, bytes, 0, bytes.length, incoming)).isTrue();
		assertThat(turns.matches(bytes, 0, 0, 1, 0)).isFalse();
	}

	private boolean isRight(String response) throws WireFormatException {
		byte[] bytes = response.getBytes(StandardCharsets.US_ASCII);
		Incoming incoming = new Incoming();
		assertThat(this.format.next(this.peer, bytes, 0, bytes.length, incoming)).isTrue();
		assertThat(incoming.kind).isEqualTo(Kind.MESSAGE);
		assertThat(incoming.end).isEqualTo(bytes.length);
		return this.format.matches(bytes, incoming.payloadFrom, incoming.payloadTo, 0, 0);
	}

}
