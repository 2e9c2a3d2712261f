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

package io.github.workerman.docs;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

@Component
public class JsonLineProtocol extends FramingProtocol {

	@Override
	public String name() {
		return "json-line";
	}

	@Override
	protected int frameLength(ByteBuf in, CodecContext context) {
		return in.bytesBefore((byte) '\n') + 1;
	}

	@Override
	protected @Nullable Object decode(ByteBuf frame, CodecContext context) throws ProtocolException {
		byte[] line = Payloads.readBytes(frame, frame.readableBytes() - 1);
		String text = Payloads.strictText(line, 0, line.length).strip();
		if (text.isEmpty()) {
			return null;
		}
		if (text.charAt(0) != '{') {
			throw ProtocolException.malformed("a line is no JSON object");
		}
		return text;
	}

	@Override
	protected void encode(Object message, ByteBuf out) {
		Payloads.write(message, out);
		out.writeByte('\n');
	}

}
