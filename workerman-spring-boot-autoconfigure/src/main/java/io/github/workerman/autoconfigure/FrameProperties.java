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

package io.github.workerman.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * How the protocols {@code length-field} and {@code delimiter} find the end of a message.
 */
public class FrameProperties {

	/**
	 * Number of bytes of the length field: 1, 2, 3, 4 or 8. Only for length-field.
	 */
	private @Nullable Integer lengthBytes;

	/**
	 * Number of bytes before the length field. Only for length-field.
	 */
	private @Nullable Integer offset;

	/**
	 * What to add to the length field's value to get the number of bytes that follow it,
	 * negative if it counts the header too. Only for length-field.
	 */
	private @Nullable Integer adjust;

	/**
	 * Whether the length field's lowest byte comes first. Only for length-field.
	 */
	private @Nullable Boolean littleEndian;

	/**
	 * Whether messages come without the header or delimiter and get it when they are
	 * sent. Otherwise they are whole frames both ways.
	 */
	private @Nullable Boolean strip;

	/**
	 * What ends a message: text, in which \n, \r, \t, \0, \\ and \x with two hexadecimal
	 * digits stand for single bytes. Only for delimiter.
	 */
	private @Nullable String delimiter;

	public @Nullable Integer getLengthBytes() {
		return this.lengthBytes;
	}

	public void setLengthBytes(@Nullable Integer lengthBytes) {
		this.lengthBytes = lengthBytes;
	}

	public @Nullable Integer getOffset() {
		return this.offset;
	}

	public void setOffset(@Nullable Integer offset) {
		this.offset = offset;
	}

	public @Nullable Integer getAdjust() {
		return this.adjust;
	}

	public void setAdjust(@Nullable Integer adjust) {
		this.adjust = adjust;
	}

	public @Nullable Boolean getLittleEndian() {
		return this.littleEndian;
	}

	public void setLittleEndian(@Nullable Boolean littleEndian) {
		this.littleEndian = littleEndian;
	}

	public @Nullable Boolean getStrip() {
		return this.strip;
	}

	public void setStrip(@Nullable Boolean strip) {
		this.strip = strip;
	}

	public @Nullable String getDelimiter() {
		return this.delimiter;
	}

	public void setDelimiter(@Nullable String delimiter) {
		this.delimiter = delimiter;
	}

}
