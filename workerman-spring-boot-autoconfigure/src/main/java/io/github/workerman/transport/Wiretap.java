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

import java.nio.ByteBuffer;
import java.util.Map;

import io.github.workerman.connection.Connection;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs the traffic of one server as its handlers see it: unmasked, decrypted, message by
 * message.
 */
public final class Wiretap {

	private static final int SHOWN = 1024;

	private final Log logger;

	Wiretap(String server) {
		this.logger = LogFactory.getLog("io.github.workerman.wiretap." + server);
	}

	/**
	 * Logs a message that has come. On any thread.
	 * @param connection where it has come from
	 * @param message the decoded message
	 */
	public void received(Connection connection, Object message) {
		log(connection, "<-", message);
	}

	/**
	 * Logs a message that is sent. On any thread.
	 * @param connection where it goes to
	 * @param message the message before it is encoded
	 */
	public void sent(Connection connection, Object message) {
		log(connection, "->", message);
	}

	/**
	 * Logs the head of a request or a response, a line for each field. On any thread.
	 * @param connection the connection
	 * @param direction an arrow
	 * @param first the first line
	 * @param fields names and values
	 */
	public void head(Connection connection, String direction, String first,
			Iterable<Map.Entry<String, String>> fields) {
		if (this.logger.isInfoEnabled()) {
			StringBuilder text = new StringBuilder(escape(first));
			for (Map.Entry<String, String> field : fields) {
				text.append("\n    ").append(escape(field.getKey())).append(": ").append(escape(field.getValue()));
			}
			this.logger.info(connection.id() + " " + direction + " " + text);
		}
	}

	/**
	 * Logs what happens beside messages. On any thread.
	 * @param connection the connection
	 * @param event what happens
	 */
	public void event(Connection connection, Object event) {
		if (this.logger.isInfoEnabled()) {
			this.logger.info(connection.id() + " -- " + event);
		}
	}

	private void log(Connection connection, String direction, Object message) {
		if (this.logger.isInfoEnabled()) {
			this.logger.info(connection.id() + " " + direction + " " + describe(message));
		}
	}

	private static String describe(Object message) {
		if (message instanceof String text) {
			String shown = (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text;
			return "text (" + text.length() + " chars) " + escape(shown);
		}
		byte[] bytes;
		if (message instanceof byte[] array) {
			bytes = array;
		}
		else if (message instanceof ByteBuffer buffer) {
			bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
		}
		else {
			return message.getClass().getSimpleName() + " " + escape(String.valueOf(message));
		}
		return "binary (" + bytes.length + " bytes)\n"
				+ ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes, 0, Math.min(bytes.length, SHOWN)));
	}

	/**
	 * Keeps a peer from forging lines of the log.
	 */
	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isISOControl(c)) {
				escaped.append(String.format("\\u%04x", (int) c));
			}
			else {
				escaped.append(c);
			}
		}
		return escaped.toString();
	}

}
