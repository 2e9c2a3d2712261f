/**
 * What an application sees of its peers: {@link io.github.workerman.connection.Connection
 * connections}, how to find them, what was sent and why they closed. Imports nothing of
 * the project.
 */
@NullMarked
package io.github.workerman.connection;

import org.jspecify.annotations.NullMarked;
