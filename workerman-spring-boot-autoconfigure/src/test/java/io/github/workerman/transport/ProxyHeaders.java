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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.netty.util.NetUtil;

/**
 * Makes headers of the PROXY protocol.
 */
final class ProxyHeaders {

	private ProxyHeaders() {
	}

	static byte[] v1(String line) {
		return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	static byte[] v2(int versionAndCommand, int family, int length, byte[] rest) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
		header.write(versionAndCommand);
		header.write(family);
		header.write(length >> 8);
		header.write(length);
		header.writeBytes(rest);
		return header.toByteArray();
	}

	/**
	 * A header of version 2 for a TCP connection.
	 */
	static byte[] v2(String source, int port, byte[] further) {
		byte[] address = NetUtil.createByteArrayFromIpAddressString(source);
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.writeBytes(address);
		block.writeBytes(address);
		block.write(port >> 8);
		block.write(port);
		block.write(1);
		block.write(2);
		block.writeBytes(further);
		return v2(0x21, (address.length == 4) ? 0x11 : 0x21, block.size(), block.toByteArray());
	}

}
