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

package io.github.workerman.execution;

import java.time.Duration;

/**
 * An event loop that something of the application's has blocked.
 *
 * @param thread the name of the loop's thread
 * @param what what blocks it, as it was given to
 * {@link io.github.workerman.connection.spi.ConnectionLoop#enter}
 * @param duration for how long it has blocked so far, at least
 */
public record BlockedLoop(String thread, Object what, Duration duration) {

}
