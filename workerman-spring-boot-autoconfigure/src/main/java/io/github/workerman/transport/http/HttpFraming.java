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

import io.github.workerman.transport.tls.TlsHello;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Follows the requests of a connection through its bytes, from one to the next. Bytes are
 * looked at where they are; those of an incomplete head, and only those, are to be
 * offered again.
 */
final class HttpFraming {

	private static final int LONGEST_SIZE = 16;

	private static final int LONGEST_EXTENSIONS = 4096;

	private final int maxTargetSize;

	private final int maxHeaderSize;

	private final long maxBodySize;

	private State state = State.HEAD;

	/* While a head is incomplete: how much of it has been searched for its end. */
	private int searched;

	/* Bytes of the body or chunk that are still to come. */
	private long remaining;

	private long bodySize;

	private int digits;

	private int skipped;

	private @Nullable HttpHead head;

	HttpFraming(int maxTargetSize, int maxHeaderSize, long maxBodySize) {
		this.maxTargetSize = maxTargetSize;
		this.maxHeaderSize = maxHeaderSize;
		this.maxBodySize = maxBodySize;
	}

	/**
	 * Tells whether a request has ended and no further one begun.
	 */
	boolean isBetweenRequests() {
		return this.state == State.HEAD;
	}

	/**
	 * Returns the head that {@link #advance} has just passed.
	 * @return the head, once; or {@code null}
	 */
	@Nullable HttpHead takeHead() {
		HttpHead taken = this.head;
		this.head = null;
		return taken;
	}

	/**
	 * Looks at what comes next, up to the end of a head or a body at most.
	 * @param in holds the bytes
	 * @param from where they begin
	 * @return where they end; {@code from} if a head is incomplete
	 * @throws HttpRefusal if they are not valid
	 */
	int advance(ByteBuf in, int from) throws HttpRefusal {
		return switch (this.state) {
			case HEAD -> head(in, from);
			case BODY -> fixed(in, from);
			default -> chunked(in, from);
		};
	}

	private int head(ByteBuf in, int from) throws HttpRefusal {
		int start = from;
		if (in.getByte(from) == '\r') {
			// One empty line may stay from the request before.
			if (in.writerIndex() - from < 2) {
				return from;
			}
			start = from + 2;
		}
		int end = endOfHead(in, start);
		if (end < 0) {
			checkIncomplete(in, start);
			checkLineEnds(in, start);
			this.searched = Math.max(0, in.writerIndex() - start - 3);
			return from;
		}
		this.searched = 0;
		checkSize(in, start, end);
		if (start != from && in.getByte(from + 1) != '\n') {
			throw HttpRefusal.malformed("the request line is not valid");
		}
		HttpHead read = HttpHeadReader.read(in, start, end);
		if (read.targetSize() > this.maxTargetSize) {
			throw HttpRefusal.targetTooLong(this.maxTargetSize);
		}
		if (read.contentLength() > this.maxBodySize) {
			throw tooLarge();
		}
		this.head = read;
		this.bodySize = 0;
		if (read.isChunked()) {
			this.state = State.SIZE;
			this.digits = 0;
			this.remaining = 0;
		}
		else if (read.contentLength() > 0) {
			this.state = State.BODY;
			this.remaining = read.contentLength();
		}
		return end;
	}

	private int endOfHead(ByteBuf in, int start) {
		int limit = in.writerIndex();
		int lineFeed = in.indexOf(start + this.searched, limit, (byte) '\n');
		while (lineFeed >= 0) {
			if (lineFeed >= start + 3 && in.getByte(lineFeed - 1) == '\r' && in.getByte(lineFeed - 2) == '\n'
					&& in.getByte(lineFeed - 3) == '\r') {
				return lineFeed + 1;
			}
			lineFeed = in.indexOf(lineFeed + 1, limit, (byte) '\n');
		}
		return -1;
	}

	private void checkIncomplete(ByteBuf in, int start) throws HttpRefusal {
		checkSize(in, start, in.writerIndex());
		int readable = in.writerIndex() - start;
		if (readable > 0 && TlsHello.isPrefix(in, start)) {
			if (readable > 1) {
				throw HttpRefusal.tls();
			}
			return;
		}
		for (int i = 0; i < Math.min(readable, 24); i++) {
			byte value = in.getByte(start + i);
			if (value == ' ' && i != 0) {
				return;
			}
			if (!HttpBytes.isToken(value)) {
				throw HttpRefusal.malformed("this is no HTTP request");
			}
		}
	}

	/*
	 * Who ends lines with a line feed alone would wait for an answer, as the server for
	 * the end.
	 */
	private void checkLineEnds(ByteBuf in, int start) throws HttpRefusal {
		int end = in.writerIndex();
		int lineFeed = in.indexOf(start + this.searched, end, (byte) '\n');
		while (lineFeed >= 0) {
			if (lineFeed == start || in.getByte(lineFeed - 1) != '\r') {
				throw HttpRefusal.malformed("a line does not end with CR LF");
			}
			lineFeed = in.indexOf(lineFeed + 1, end, (byte) '\n');
		}
	}

	private void checkSize(ByteBuf in, int start, int end) throws HttpRefusal {
		if (end - start > this.maxTargetSize) {
			int line = in.indexOf(start, end, (byte) '\n');
			if (((line < 0) ? end : line) - start > this.maxTargetSize + 40) {
				throw HttpRefusal.targetTooLong(this.maxTargetSize);
			}
		}
		if (end - start > this.maxHeaderSize) {
			throw new HttpRefusal(431, "the request header is larger than " + this.maxHeaderSize + " bytes");
		}
	}

	private int fixed(ByteBuf in, int from) {
		int length = (int) Math.min(this.remaining, in.writerIndex() - from);
		this.remaining -= length;
		if (this.remaining == 0) {
			this.state = State.HEAD;
		}
		return from + length;
	}

	private int chunked(ByteBuf in, int from) throws HttpRefusal {
		int i = from;
		int limit = in.writerIndex();
		while (i < limit && this.state != State.HEAD) {
			if (this.state == State.DATA) {
				int length = (int) Math.min(this.remaining, limit - i);
				this.remaining -= length;
				i += length;
				if (this.remaining == 0) {
					this.state = State.DATA_CR;
				}
			}
			else {
				next(in.getByte(i++));
			}
		}
		return i;
	}

	private void next(byte value) throws HttpRefusal {
		switch (this.state) {
			case SIZE -> size(value);
			case EXTENSION, EXTENSION_EQUALS, EXTENSION_VALUE, EXTENSION_QUOTED, EXTENSION_ESCAPED, EXTENSION_END ->
				extension(value);
			case SIZE_LF -> {
				expect(value, '\n');
				this.state = (this.remaining == 0) ? State.TRAILER_START : State.DATA;
			}
			case DATA_CR -> {
				expect(value, '\r');
				this.state = State.DATA_LF;
			}
			case DATA_LF -> {
				expect(value, '\n');
				this.state = State.SIZE;
				this.digits = 0;
			}
			case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF, END_LF -> trailer(value);
			default -> throw new IllegalStateException("Unexpected state " + this.state);
		}
	}

	private void size(byte value) throws HttpRefusal {
		int digit = HttpBytes.hex(value);
		if (digit >= 0) {
			if (++this.digits > LONGEST_SIZE) {
				throw HttpRefusal.malformed("the size of a chunk is not valid");
			}
			this.remaining = (this.remaining << 4) + digit;
			if (this.remaining < 0) {
				throw HttpRefusal.malformed("the size of a chunk is not valid");
			}
			return;
		}
		if (this.digits == 0 || (value != '\r' && value != ';')) {
			throw HttpRefusal.malformed("the size of a chunk is not valid");
		}
		this.bodySize += this.remaining;
		if (this.bodySize > this.maxBodySize || this.bodySize < 0) {
			throw tooLarge();
		}
		this.skipped = 0;
		this.state = (value == '\r') ? State.SIZE_LF : State.EXTENSION;
	}

	private void extension(byte value) throws HttpRefusal {
		if (++this.skipped > Math.min(LONGEST_EXTENSIONS, this.maxHeaderSize) || !isExtension(value)) {
			throw HttpRefusal.malformed("the extension of a chunk is not valid");
		}
		this.state = switch (this.state) {
			case EXTENSION, EXTENSION_VALUE, EXTENSION_END -> (value == '\r') ? State.SIZE_LF
					: (value == ';') ? State.EXTENSION : (value == '=') ? State.EXTENSION_EQUALS : this.state;
			case EXTENSION_EQUALS ->
				(value == '"') ? State.EXTENSION_QUOTED : HttpBytes.isBlank(value) ? this.state : State.EXTENSION_VALUE;
			case EXTENSION_QUOTED ->
				(value == '"') ? State.EXTENSION_END : (value == '\\') ? State.EXTENSION_ESCAPED : this.state;
			default -> State.EXTENSION_QUOTED;
		};
	}

	/* RFC 9112 section 7.1.1 */
	private boolean isExtension(byte value) {
		boolean end = value == '\r' || value == ';';
		return switch (this.state) {
			case EXTENSION -> end || value == '=' || HttpBytes.isBlank(value) || HttpBytes.isToken(value);
			case EXTENSION_EQUALS -> value == '"' || HttpBytes.isBlank(value) || HttpBytes.isToken(value);
			case EXTENSION_VALUE -> end || HttpBytes.isToken(value);
			case EXTENSION_END -> end || HttpBytes.isBlank(value);
			default -> value >= 0 && !HttpBytes.isControl(value);
		};
	}

	private void trailer(byte value) throws HttpRefusal {
		if (++this.skipped > this.maxHeaderSize) {
			throw new HttpRefusal(431, "the trailer is larger than " + this.maxHeaderSize + " bytes");
		}
		switch (this.state) {
			case TRAILER_START -> {
				if (value == '\r') {
					this.state = State.END_LF;
				}
				else {
					name(value, true);
				}
			}
			case TRAILER_NAME -> name(value, false);
			case TRAILER_VALUE -> {
				if (value == '\r') {
					this.state = State.TRAILER_LF;
				}
				else if (HttpBytes.isControl(value)) {
					throw HttpRefusal.malformed("the trailer is not valid");
				}
			}
			case TRAILER_LF -> {
				expect(value, '\n');
				this.state = State.TRAILER_START;
			}
			default -> {
				expect(value, '\n');
				this.state = State.HEAD;
			}
		}
	}

	private void name(byte value, boolean first) throws HttpRefusal {
		if (value == ':' && !first) {
			this.state = State.TRAILER_VALUE;
		}
		else if (HttpBytes.isToken(value)) {
			this.state = State.TRAILER_NAME;
		}
		else {
			throw HttpRefusal.malformed("the trailer is not valid");
		}
	}

	private static void expect(byte value, char expected) throws HttpRefusal {
		if (value != expected) {
			throw HttpRefusal.malformed("the chunks are not valid");
		}
	}

	private HttpRefusal tooLarge() {
		return HttpRefusal.tooLarge(this.maxBodySize);
	}

	private enum State {

		HEAD, BODY, SIZE, EXTENSION, EXTENSION_EQUALS, EXTENSION_VALUE, EXTENSION_QUOTED, EXTENSION_ESCAPED,
		EXTENSION_END, SIZE_LF, DATA, DATA_CR, DATA_LF, TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF, END_LF

	}

}
