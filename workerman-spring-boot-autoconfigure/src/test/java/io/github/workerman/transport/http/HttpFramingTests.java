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

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where requests begin and end, when their bytes come in parts.
 */
class HttpFramingTests {

	@Test
	void whenEmptyLineIsAheadThenHeadMayComeInParts() throws HttpRefusal {
		HttpFraming framing = new HttpFraming(100, 1000, 0);
		byte[] head = "\r\nGET /parts HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		ByteBuf in = Unpooled.buffer();
		for (int i = 0; i < head.length - 1; i++) {
			in.writeByte(head[i]);
			assertThat(framing.advance(in, 0)).isZero();
			assertThat(framing.takeHead()).isNull();
		}
		in.writeByte(head[head.length - 1]);
		assertThat(framing.advance(in, 0)).isEqualTo(head.length);
		assertThat(framing.takeHead()).extracting(HttpHead::target).isEqualTo("/parts");
	}

}
