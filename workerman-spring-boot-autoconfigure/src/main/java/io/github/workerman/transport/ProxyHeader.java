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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * A header of the PROXY protocol, versions 1 and 2, as HAProxy's specification "The PROXY
 * protocol" describes them in sections 2.1 and 2.2.
 *
 * @param source where the client comes from, or {@code null} when the proxy speaks for
 * itself or does not know
 */
record ProxyHeader(@Nullable InetSocketAddress source) {

	private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] V2 = { 0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A };

	/** With its line end, of any version 1. */
	private static final int V1_LONGEST = 107;

	private static final int V2_FIXED = 16;

	/** With what is of no interest here; the format itself allows 64 KB. */
	private static final int V2_LONGEST = 4096;

	private static final int IPV4_BLOCK = 12;

	private static final int IPV6_BLOCK = 36;

	private static final Pattern V1_LINE = Pattern
		.compile("PROXY TCP([46]) ([0-9A-Fa-f.:]+) ([0-9A-Fa-f.:]+) (0|[1-9]\\d{0,4}) (0|[1-9]\\d{0,4})");

	/** Some would read the number as an octal one: section 2.1 does not allow it. */
	private static final Pattern HEADING_ZERO = Pattern.compile("\\b0\\d");

	private static final ProxyHeader UNKNOWN = new ProxyHeader(null);

	/**
	 * Compares what has come with how headers begin.
	 */
	static Beginning beginning(ByteBuf in) {
		int readable = in.readableBytes();
		if (startsAlike(in, V1) || startsAlike(in, V2)) {
			boolean whole = readable >= (startsAlike(in, V1) ? V1.length : V2.length);
			return whole ? Beginning.HEADER : Beginning.OPEN;
		}
		return Beginning.OTHER;
	}

	private static boolean startsAlike(ByteBuf in, byte[] signature) {
		int length = Math.min(in.readableBytes(), signature.length);
		for (int i = 0; i < length; i++) {
			if (in.getByte(in.readerIndex() + i) != signature[i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Reads a header.
	 * @param in what has come, which begins with the signature of one
	 * @return the header, whose bytes are consumed then, or {@code null} while it is not
	 * complete
	 * @throws IllegalArgumentException if it is none
	 */
	static @Nullable ProxyHeader read(ByteBuf in) {
		return (in.getByte(in.readerIndex()) == V1[0]) ? readText(in) : readBinary(in);
	}

	private static @Nullable ProxyHeader readText(ByteBuf in) {
		int start = in.readerIndex();
		int searched = Math.min(in.readableBytes(), V1_LONGEST);
		int lineFeed = in.indexOf(start, start + searched, (byte) '\n');
		if (lineFeed < 0) {
			if (searched == V1_LONGEST) {
				throw new IllegalArgumentException("line is longer than 107 bytes");
			}
			return null;
		}
		String line = in.toString(start, lineFeed - start, StandardCharsets.ISO_8859_1);
		if (!line.endsWith("\r")) {
			throw new IllegalArgumentException("line does not end with CR LF");
		}
		ProxyHeader header = parse(line.substring(0, line.length() - 1));
		in.readerIndex(lineFeed + 1);
		return header;
	}

	private static ProxyHeader parse(String line) {
		if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
			return UNKNOWN;
		}
		Matcher matcher = V1_LINE.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("line is not understood");
		}
		boolean ipv4 = matcher.group(1).equals("4");
		InetAddress source = address(matcher.group(2), ipv4);
		address(matcher.group(3), ipv4);
		port(matcher.group(5));
		return new ProxyHeader(new InetSocketAddress(source, port(matcher.group(4))));
	}

	private static InetAddress address(String text, boolean ipv4) {
		boolean valid = ipv4 ? NetUtil.isValidIpV4Address(text) && !HEADING_ZERO.matcher(text).find()
				: NetUtil.isValidIpV6Address(text);
		InetAddress address = valid ? NetUtil.createInetAddressFromIpAddressString(text) : null;
		if (address == null) {
			throw new IllegalArgumentException("address is none");
		}
		return address;
	}

	private static int port(String text) {
		int port = Integer.parseInt(text);
		if (port > 0xFFFF) {
			throw new IllegalArgumentException("port is none");
		}
		return port;
	}

	private static @Nullable ProxyHeader readBinary(ByteBuf in) {
		if (in.readableBytes() < V2_FIXED) {
			return null;
		}
		int start = in.readerIndex();
		int versionAndCommand = in.getUnsignedByte(start + V2.length);
		int family = in.getUnsignedByte(start + V2.length + 1);
		int length = in.getUnsignedShort(start + V2.length + 2);
		if (versionAndCommand >>> 4 != 2 || (versionAndCommand & 0xF) > 1) {
			throw new IllegalArgumentException("version or command is unknown");
		}
		if (V2_FIXED + length > V2_LONGEST) {
			throw new IllegalArgumentException("header is longer than 4096 bytes");
		}
		boolean local = (versionAndCommand & 0xF) == 0;
		int block = local ? 0 : addressBlock(family);
		if (length < block) {
			throw new IllegalArgumentException("length is too small for the addresses");
		}
		if (in.readableBytes() < V2_FIXED + length) {
			return null;
		}
		ProxyHeader header = UNKNOWN;
		if (block == IPV4_BLOCK || block == IPV6_BLOCK) {
			header = new ProxyHeader(source(in, start + V2_FIXED, (block == IPV4_BLOCK) ? 4 : 16));
		}
		in.skipBytes(V2_FIXED + length);
		return header;
	}

	/**
	 * Returns how much space the addresses of a family take, all of it over streams. Zero
	 * for what is unspecified; the path of a Unix socket says nothing about a client.
	 */
	private static int addressBlock(int family) {
		return switch (family) {
			case 0x00 -> 0;
			case 0x11 -> IPV4_BLOCK;
			case 0x21 -> IPV6_BLOCK;
			case 0x31 -> 216;
			default -> throw new IllegalArgumentException("family or transport is unknown");
		};
	}

	private static InetSocketAddress source(ByteBuf in, int from, int length) {
		byte[] address = new byte[length];
		in.getBytes(from, address);
		try {
			return new InetSocketAddress(InetAddress.getByAddress(address), in.getUnsignedShort(from + 2 * length));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What the first bytes tell.
	 */
	enum Beginning {

		/** Too few of them have come. */
		OPEN,

		/** A header begins. */
		HEADER,

		/** No header begins. */
		OTHER

	}

}
