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

package io.github.workerman.testsupport;

import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the build when a test leaks a reference-counted Netty resource. Found
 * automatically, so that no test has to ask for it. The class during which a leak comes
 * to light fails, and so does the run as a whole for one that shows only at its end; the
 * report names the test during which the resource was made.
 */
public final class NettyLeakExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	private static final Namespace NAMESPACE = Namespace.create(NettyLeakExtension.class);

	private final LeakRecorder recorder = LeakRecorder.install();

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(FinalCheck.class, (key) -> new FinalCheck(this.recorder), FinalCheck.class);
		this.recorder.currentTest(context.getRequiredTestClass().getName());
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.recorder.currentTest(context.getRequiredTestClass().getName() + ": " + context.getDisplayName());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		check(this.recorder);
	}

	private static void check(LeakRecorder recorder) {
		List<String> leaks = recorder.drain();
		if (!leaks.isEmpty()) {
			throw new AssertionError("LEAK: " + leaks.size() + " resource(s)\n" + String.join("\n", leaks));
		}
	}

	/**
	 * Closed by JUnit after the last test class.
	 */
	private record FinalCheck(LeakRecorder recorder) implements AutoCloseable {

		@Override
		public void close() {
			check(this.recorder);
		}

	}

}
