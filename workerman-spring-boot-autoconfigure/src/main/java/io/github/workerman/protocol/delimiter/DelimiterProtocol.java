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

package io.github.workerman.protocol.delimiter;

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;

/**
 * The protocol {@code delimiter}: messages that end with the bytes that
 * {@link FrameSettings#delimiter()} describes. Nothing is escaped: a message must not
 * contain them. The size limit counts the bytes of a message without its delimiter and is
 * enforced while the message is incomplete; a larger one ends the connection. What the
 * peer leaves without a delimiter is not delivered.
 */
public final class DelimiterProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "delimiter";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		Delimiter delimiter = new Delimiter(settings.frame().delimiterBytes(), settings.frame().strip());
		return (context) -> new DelimiterCodec(delimiter, context);
	}

}
