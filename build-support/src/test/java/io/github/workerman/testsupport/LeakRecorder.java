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

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes all of Netty's leak detectors of this JVM and keeps what they report. It must be
 * {@link #install() installed} before Netty's buffer classes are initialized, because
 * those keep the detector that they find then.
 */
final class LeakRecorder extends ResourceLeakDetectorFactory {

	private static final Log logger = LogFactory.getLog(LeakRecorder.class);

	private static final Pattern RUNNER_FRAME = Pattern
		.compile("^\\s+(org\\.junit\\.|org\\.apache\\.maven\\.|java\\.base/)");

	private static final LeakRecorder INSTANCE = new LeakRecorder();

	private final List<RecordingDetector<?>> detectors = new CopyOnWriteArrayList<>();

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private volatile @Nullable String currentTest;

	static LeakRecorder install() {
		if (ResourceLeakDetectorFactory.instance() != INSTANCE) {
			ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(INSTANCE);
			ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		}
		return INSTANCE;
	}

	/**
	 * Sets the name that resources made from now on carry in a leak report.
	 * @param test the name of the running test or {@code null} between tests
	 */
	void currentTest(@Nullable String test) {
		this.currentTest = test;
	}

	/**
	 * Collects garbage, lets every detector look for resources that went with it
	 * unreleased, and hands over the reports since the last call.
	 * @return one report per leak; empty if there was none
	 */
	List<String> drain() {
		collectGarbage();
		this.detectors.forEach(RecordingDetector::poll);
		List<String> drained = new ArrayList<>();
		for (String leak = this.leaks.poll(); leak != null; leak = this.leaks.poll()) {
			drained.add(leak);
		}
		return drained;
	}

	private static void collectGarbage() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> marker = new WeakReference<>(new Object(), queue);
		System.gc();
		try {
			// References are enqueued a moment after the collection: wait for one of
			// them.
			if (queue.remove(1000) != marker) {
				logger.warn("No garbage was collected; leaks may be reported later or not at all");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String withoutTestRunner(String records) {
		return records.lines().filter((line) -> !RUNNER_FRAME.matcher(line).find()).collect(Collectors.joining("\n"));
	}

	@Override
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
		RecordingDetector<T> detector = new RecordingDetector<>(resource, samplingInterval);
		this.detectors.add(detector);
		return detector;
	}

	@Override
	@Deprecated
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
			long maxActive) {
		return newResourceLeakDetector(resource, samplingInterval);
	}

	/**
	 * Reports to the recorder instead of to a log that nobody reads.
	 */
	private final class RecordingDetector<T> extends ResourceLeakDetector<T> {

		RecordingDetector(Class<T> resource, int samplingInterval) {
			super(resource, samplingInterval);
		}

		@SuppressWarnings("unchecked")
		void poll() {
			// A detector looks for earlier leaks when it is asked to track something new.
			Object probe = new Object();
			ResourceLeakTracker<Object> tracker = ((ResourceLeakDetector<Object>) this).trackForcibly(probe);
			tracker.close(probe);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			LeakRecorder.this.leaks.add(resourceType + " was not released" + withoutTestRunner(records));
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			LeakRecorder.this.leaks.add(resourceType + " was not released; no record of its use");
		}

		@Override
		protected @Nullable Object getInitialHint(String resourceType) {
			String test = LeakRecorder.this.currentTest;
			return (test != null) ? "made during " + test : null;
		}

	}

}
