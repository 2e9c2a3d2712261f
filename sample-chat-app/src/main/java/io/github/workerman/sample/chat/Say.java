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

package io.github.workerman.sample.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A peer speaks: {@code {"type":"say","to_uid":"all","content":"hi, all !"}}.
 *
 * @param toUid {@code "all"}, or the number of a user as a JSON number or text
 * @param content what it says
 */
record Say(@NotNull Object toUid, @NotNull @Size(max = 2000) String content) {

	boolean isToAll() {
		return "all".equals(this.toUid);
	}

}
