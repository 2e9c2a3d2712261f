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

import java.time.Clock;
import java.time.LocalDateTime;

import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.Connection;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.gateway.Recipients;
import io.github.workerman.sample.chat.ChatEvent.LoggedIn;
import io.github.workerman.sample.chat.ChatEvent.LoggedOut;
import io.github.workerman.sample.chat.ChatEvent.Said;
import io.github.workerman.sample.chat.ChatEvent.UserList;
import jakarta.validation.Valid;

/**
 * The chat: who comes gets a number, logs in with a name, and speaks to all or to one.
 */
@WorkermanHandler("chat")
class ChatHandler {

	private final Gateway gateway;

	private final Users users;

	private final UidGenerator uids;

	private final Clock clock;

	ChatHandler(Gateway gateway, Users users, UidGenerator uids, Clock clock) {
		this.gateway = gateway;
		this.users = users;
		this.uids = uids;
		this.clock = clock;
	}

	@OnConnect
	void connected(Connection connection) {
		long uid = this.uids.next();
		connection.attributes().set("uid", uid);
		this.gateway.bindUser(connection, Long.toString(uid));
	}

	@OnMessage("login")
	void login(Connection connection, @ConnectionAttribute("uid") long uid, @Valid Login login) {
		connection.send(new UserList(this.users.add(uid, login.name())));
		this.gateway.toAll().send(new LoggedIn(uid, login.name(), now()));
	}

	@OnMessage("say")
	void say(@ConnectionAttribute("uid") long uid, @Valid Say say) {
		Recipients recipients = say.isToAll() ? this.gateway.toAll() : this.gateway.toUser(say.toUid().toString());
		recipients.send(new Said(uid, say.toUid(), say.content(), now()));
	}

	@OnClose
	void left(@ConnectionAttribute("uid") long uid) {
		if (this.users.remove(uid)) {
			this.gateway.toAll().send(new LoggedOut(uid, now()));
		}
	}

	private LocalDateTime now() {
		return LocalDateTime.now(this.clock);
	}

}
