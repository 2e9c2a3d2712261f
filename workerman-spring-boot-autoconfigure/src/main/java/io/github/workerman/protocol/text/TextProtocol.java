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

package io.github.workerman.protocol.text;

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;

/**
 * The protocol {@code text}: UTF-8 lines, as telnet and netcat send them. A message ends
 * with a line feed; one carriage return before it is not part of the message, any other
 * byte is, and an empty line is an empty message. Malformed UTF-8 becomes U+FFFD. The
 * size limit counts the bytes of a line without its end and is enforced while the line is
 * incomplete; a longer line ends the connection. A line that the peer leaves without an
 * end is not delivered.
 * <p>
 * Sent messages get a line feed; nothing in them is escaped, so that a message with line
 * feeds arrives as several.
 */
public final class TextProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "text";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean mayBeginLikeTls() {
		return false;
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		return TextCodec::new;
	}

}
