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

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test during which something was logged that an operator would have to read:
 * anything at WARN or above that was not expected, and a stack trace at any level.
 */
public final class LogRecorder implements BeforeEachCallback, AfterEachCallback {

	private final LoggerContext loggers = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();

	private final Logger root = this.loggers.getLogger(Logger.ROOT_LOGGER_NAME);

	private final Logger project = this.loggers.getLogger("io.github.workerman");

	private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

	private final List<String> expected = new ArrayList<>();

	private final Appender appender = new Appender();

	private Level rootLevel = Level.DEBUG;

	@Override
	public void beforeEach(ExtensionContext context) {
		this.rootLevel = this.root.getLevel();
		this.root.setLevel(Level.INFO);
		this.project.setLevel(Level.DEBUG);
		this.appender.setContext(this.loggers);
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.root.detachAppender(this.appender);
		this.appender.stop();
		this.root.setLevel(this.rootLevel);
		this.project.setLevel(null);
		List<ILoggingEvent> unexpected = new ArrayList<>(this.events);
		for (String text : this.expected) {
			assertThat(unexpected).extracting(LogRecorder::describe)
				.as("what is logged")
				.anyMatch((description) -> description.contains(text));
			unexpected.removeIf((event) -> describe(event).contains(text));
		}
		assertThat(unexpected.stream().filter(LogRecorder::isDisturbing).map(LogRecorder::describe)).isEmpty();
	}

	/**
	 * Expects an error in the log.
	 * @param text a part of its message or stack trace
	 */
	public void expect(String text) {
		this.expected.add(text);
	}

	/**
	 * Returns the messages of a logger.
	 * @param logger the logger's name
	 * @return the messages in order
	 */
	public List<String> messages(String logger) {
		return this.events.stream()
			.filter((event) -> event.getLoggerName().equals(logger))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private static boolean isDisturbing(ILoggingEvent event) {
		return event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null;
	}

	private static String describe(ILoggingEvent event) {
		String trace = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
				: "";
		return event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + "\n" + trace;
	}

	private final class Appender extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			LogRecorder.this.events.add(event);
		}

	}

}
