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

import java.time.LocalDateTime;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What the chat tells its users. The field {@code type} carries the name of the event.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatEvent {

	/**
	 * Who is there, told to somebody who comes.
	 *
	 * @param userList everybody in the order of login, the newcomer included
	 */
	@JsonTypeName("user_list")
	record UserList(List<User> userList) implements ChatEvent {

	}

	/**
	 * Somebody has come.
	 */
	@JsonTypeName("login")
	record LoggedIn(long uid, String name, @ChatTime LocalDateTime time) implements ChatEvent {

	}

	/**
	 * Somebody has said something.
	 *
	 * @param toUid to whom, as the speaker put it
	 */
	@JsonTypeName("say")
	record Said(long fromUid, Object toUid, String content, @ChatTime LocalDateTime time) implements ChatEvent {

	}

	/**
	 * Somebody has gone.
	 */
	@JsonTypeName("logout")
	record LoggedOut(long uid, @ChatTime LocalDateTime time) implements ChatEvent {

	}

}
