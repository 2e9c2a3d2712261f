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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Those who have logged in. Used by several event loops.
 */
@Component
class Users {

	private final Map<Long, User> users = new LinkedHashMap<>();

	/**
	 * Adds a user; one who is there already keeps the name.
	 * @return everybody in the order of login, a newcomer last
	 */
	synchronized List<User> add(long uid, String name) {
		this.users.putIfAbsent(uid, new User(uid, name));
		return List.copyOf(this.users.values());
	}

	/**
	 * Removes a user.
	 * @return whether the user had logged in
	 */
	synchronized boolean remove(long uid) {
		return this.users.remove(uid) != null;
	}

}
