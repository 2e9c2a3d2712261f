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

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

import io.github.workerman.connection.Connection;

/**
 * The one door to all peers: sends to everybody, to a connection, a user or a group, and
 * keeps who belongs to which user and group. A user may have several connections, a
 * connection at most one user and any number of groups. Members of a group may be
 * connected to different servers and speak different protocols.
 * <p>
 * Every method may be called from any thread at any time; none blocks on a peer.
 * <ul>
 * <li>Users and groups exist while they have a connection. What a connection belonged to
 * is gone with it, before its close handlers run. Nothing is stored for those who are
 * away.</li>
 * <li>A change is seen by queries at once. For the calls of one thread it holds in order:
 * what is sent to a group before a connection joins does not reach it, what is sent
 * afterwards does; likewise for connecting, leaving, binding and unbinding. Between
 * threads that do not wait for each other no order is promised. Whatever the order, all
 * views of one connection end up the same.</li>
 * <li>Queries return snapshots. With several nodes they answer for all of them, from what
 * this node knows, which may be behind by the time that news need to travel. Use them for
 * display and decisions that bear that, not as a lock.</li>
 * <li>Methods that change what a connection belongs to return {@code false}, and do
 * nothing, when no such connection is known to be open.</li>
 * </ul>
 */
public interface Gateway {

	/**
	 * Addresses every connection of every server.
	 * @return the recipients
	 */
	Recipients toAll();

	/**
	 * Addresses one connection; nobody when it is not open.
	 * @param id the connection's identifier
	 * @return the recipients
	 */
	Recipients toConnection(String id);

	/**
	 * Addresses some connections; those that are not open are passed over.
	 * @param ids the connections' identifiers
	 * @return the recipients
	 */
	Recipients toConnections(Collection<String> ids);

	/**
	 * Addresses all connections of a user; nobody when the user is not online.
	 * @param uid the user
	 * @return the recipients
	 */
	Recipients toUser(String uid);

	/**
	 * Addresses all connections of some users, each connection once.
	 * @param uids the users
	 * @return the recipients
	 */
	Recipients toUsers(Collection<String> uids);

	/**
	 * Addresses the members of a group; nobody when there is no such group.
	 * @param group the group's name
	 * @return the recipients
	 */
	Recipients toGroup(String group);

	/**
	 * Addresses the members of some groups, each connection once.
	 * @param groups the groups' names
	 * @return the recipients
	 */
	Recipients toGroups(Collection<String> groups);

	/**
	 * Makes a connection one of a user's. It ceases to be one of another user's.
	 * @param connection the connection
	 * @param uid the user
	 * @return whether the connection is open
	 */
	boolean bindUser(Connection connection, String uid);

	/**
	 * Makes a connection one of a user's. It ceases to be one of another user's.
	 * @param connectionId the connection's identifier
	 * @param uid the user
	 * @return whether the connection is open
	 */
	boolean bindUser(String connectionId, String uid);

	/**
	 * Makes a connection nobody's.
	 * @param connection the connection
	 * @return whether the connection is open
	 */
	boolean unbindUser(Connection connection);

	/**
	 * Makes a connection nobody's.
	 * @param connectionId the connection's identifier
	 * @return whether the connection is open
	 */
	boolean unbindUser(String connectionId);

	/**
	 * Makes a connection a member of a group, which comes into being with its first
	 * member. Joining again changes nothing.
	 * @param connection the connection
	 * @param group the group's name
	 * @return whether the connection is open
	 */
	boolean join(Connection connection, String group);

	/**
	 * Makes a connection a member of a group, which comes into being with its first
	 * member. Joining again changes nothing.
	 * @param connectionId the connection's identifier
	 * @param group the group's name
	 * @return whether the connection is open
	 */
	boolean join(String connectionId, String group);

	/**
	 * Ends a membership, if there is one.
	 * @param connection the connection
	 * @param group the group's name
	 * @return whether the connection is open
	 */
	boolean leave(Connection connection, String group);

	/**
	 * Ends a membership, if there is one.
	 * @param connectionId the connection's identifier
	 * @param group the group's name
	 * @return whether the connection is open
	 */
	boolean leave(String connectionId, String group);

	/**
	 * Ends all memberships of a connection.
	 * @param connection the connection
	 * @return whether the connection is open
	 */
	boolean leaveAll(Connection connection);

	/**
	 * Ends all memberships of a connection.
	 * @param connectionId the connection's identifier
	 * @return whether the connection is open
	 */
	boolean leaveAll(String connectionId);

	/**
	 * Ends the membership of everybody who is in a group at this moment. Takes time in
	 * proportion to their number. Who joins meanwhile may stay.
	 * @param group the group's name
	 */
	void dissolve(String group);

	/**
	 * Tells whether a user has a connection.
	 * @param uid the user
	 * @return whether there is one
	 */
	boolean isOnline(String uid);

	/**
	 * Returns whose a connection is.
	 * @param connection the connection
	 * @return the user; empty for a connection that is nobody's or not open
	 */
	Optional<String> userOf(Connection connection);

	/**
	 * Returns whose a connection is.
	 * @param connectionId the connection's identifier
	 * @return the user; empty for a connection that is nobody's or not open
	 */
	Optional<String> userOf(String connectionId);

	/**
	 * Returns the groups that a connection is in.
	 * @param connection the connection
	 * @return the groups' names
	 */
	Set<String> groupsOf(Connection connection);

	/**
	 * Returns the groups that a connection is in.
	 * @param connectionId the connection's identifier
	 * @return the groups' names
	 */
	Set<String> groupsOf(String connectionId);

	/**
	 * Returns the connections of a user.
	 * @param uid the user
	 * @return the connections' identifiers, empty when the user is not online
	 */
	Set<String> connectionsOf(String uid);

	/**
	 * Returns the members of a group.
	 * @param group the group's name
	 * @return the connections' identifiers, empty when there is no such group
	 */
	Set<String> members(String group);

	/**
	 * Returns the users who have a connection in a group.
	 * @param group the group's name
	 * @return the users, without those members that are nobody's
	 */
	Set<String> usersIn(String group);

	/**
	 * Returns the users who are online.
	 * @return the users
	 */
	Set<String> users();

	/**
	 * Returns the groups that have a member.
	 * @return the groups' names
	 */
	Set<String> groups();

	/**
	 * Returns the number of open connections.
	 * @return the number
	 */
	int countConnections();

	/**
	 * Returns the number of open connections of a server.
	 * @param server the server's name
	 * @return the number, zero for an unknown server
	 */
	int countConnections(String server);

	/**
	 * Returns the number of users who are online.
	 * @return the number
	 */
	int countUsers();

	/**
	 * Returns the number of groups that have a member.
	 * @return the number
	 */
	int countGroups();

	/**
	 * Returns the number of a group's members.
	 * @param group the group's name
	 * @return the number, zero when there is no such group
	 */
	int countGroup(String group);

}
