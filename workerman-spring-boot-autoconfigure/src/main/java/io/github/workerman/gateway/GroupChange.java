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

package io.github.workerman.gateway;

import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * That a connection joins or leaves a group: recorded by the caller, then carried out on
 * the connection's loop. Fields that change belong to the connection's {@link Membership}
 * and are guarded as that is.
 */
final class GroupChange {

	final ManagedConnection connection;

	final String group;

	/** Whether the connection is a member afterwards. */
	final boolean member;

	/** How many broadcasts had been given to the loop when the change was asked for. */
	long after;

	/** The change of the same membership that was recorded before and waits. */
	@Nullable GroupChange previous;

	/** Whether the loop still has to carry it out. */
	boolean waiting;

	/**
	 * What the thread that has just recorded or taken it is to do: whether the loop has
	 * to change.
	 */
	boolean due;

	GroupChange(ManagedConnection connection, String group, boolean member, long after) {
		this.connection = connection;
		this.group = group;
		this.member = member;
		this.after = after;
	}

}
