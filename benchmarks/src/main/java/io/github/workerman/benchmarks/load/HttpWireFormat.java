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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.workerman.benchmarks.Pages;

/**
 * HTTP/1.1 requests for some paths in turn, and their responses: each must have the
 * status 200, a {@code Content-Length} and the bytes that belong to its path, which also
 * shows whether they come in order. Bodies are checked as they come.
 */
final class HttpWireFormat implements WireFormat, Messages {

	private static final byte[] EMPTY_LINE = { '\r', '\n', '\r', '\n' };

	private static final String LENGTH = "content-length:";

	private final byte[][] requests;

	private final byte[][] expected;

	/** The heads that were right the last time. */
	private final byte[][] heads;

	private boolean right;

	HttpWireFormat(String host, int port, List<String> paths) {
		this.requests = new byte[paths.size()][];
		this.expected = new byte[paths.size()][];
		this.heads = new byte[paths.size()][0];
		for (int i = 0; i < paths.size(); i++) {
			this.requests[i] = ("GET " + paths.get(i) + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII);
			this.expected[i] = Pages.expected(paths.get(i));
		}
	}

	@Override
	public byte[] frame(byte[] payload) {
		throw new UnsupportedOperationException("Requests have no payload");
	}

	@Override
	public int payloadIndex(int payloadLength) {
		throw new UnsupportedOperationException("Requests have no payload");
	}

	@Override
	public int framedLength() {
		return Arrays.stream(this.requests).mapToInt((request) -> request.length).max().orElse(0);
	}

	@Override
	public void append(ByteBuffer target, int sequence, int connection) {
		target.put(this.requests[sequence % this.requests.length]);
	}

	@Override
	public boolean next(Peer peer, byte[] bytes, int from, int to, Incoming result) throws WireFormatException {
		int path = peer.received % this.requests.length;
		int body = from;
		if (peer.bodyLeft < 0) {
			body = endOfHead(bytes, from, to);
			if (body < 0) {
				return false;
			}
			readHead(peer, path, bytes, from, body);
		}
		int length = Math.min(peer.bodyLeft, to - body);
		byte[] all = this.expected[path];
		peer.bodyRight &= peer.bodyAt + length <= all.length
				&& Arrays.equals(bytes, body, body + length, all, peer.bodyAt, peer.bodyAt + length);
		peer.bodyAt += length;
		peer.bodyLeft -= length;
		if (peer.bodyLeft > 0) {
			result.set(Kind.PART, body, body + length, body + length);
			return length > 0 || body > from;
		}
		peer.bodyLeft = -1;
		this.right = peer.bodyRight;
		result.set(Kind.MESSAGE, body, body + length, body + length);
		return true;
	}

	@Override
	public boolean matches(byte[] bytes, int from, int to, int sequence, int connection) {
		return this.right;
	}

	private static int endOfHead(byte[] bytes, int from, int to) {
		for (int i = from; i <= to - EMPTY_LINE.length; i++) {
			if (bytes[i] == '\r' && bytes[i + 2] == '\r' && bytes[i + 1] == '\n' && bytes[i + 3] == '\n') {
				return i + EMPTY_LINE.length;
			}
		}
		return -1;
	}

	private void readHead(Peer peer, int path, byte[] bytes, int from, int to) throws WireFormatException {
		peer.bodyAt = 0;
		byte[] known = this.heads[path];
		if (Arrays.equals(bytes, from, to, known, 0, known.length)) {
			peer.bodyLeft = this.expected[path].length;
			peer.bodyRight = true;
			return;
		}
		String head = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
		peer.bodyLeft = contentLength(head);
		peer.bodyRight = head.startsWith("HTTP/1.1 200 ") && peer.bodyLeft == this.expected[path].length;
		if (peer.bodyRight) {
			this.heads[path] = Arrays.copyOfRange(bytes, from, to);
		}
	}

	private static int contentLength(String head) throws WireFormatException {
		for (String line : head.split("\r\n")) {
			if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
				return Integer.parseInt(line.substring(LENGTH.length()).trim());
			}
		}
		throw new WireFormatException("No Content-Length: %s".formatted(head));
	}

}
