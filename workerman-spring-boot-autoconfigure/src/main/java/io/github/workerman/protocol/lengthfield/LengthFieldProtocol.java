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

package io.github.workerman.protocol.lengthfield;

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;

/**
 * The protocol {@code length-field}: a header in which a field says how much follows, as
 * Netty's {@code LengthFieldBasedFrameDecoder} reads it and as most binary protocols have
 * it. {@link FrameSettings} say where the field is and what it counts. A length that is
 * negative or less than the header is a protocol violation; one that announces a message
 * above the size limit ends the connection before the message is received.
 */
public final class LengthFieldProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "length-field";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		return new LengthFieldFraming(settings.frame()).codecs(settings);
	}

}
