/**
 * How bytes become messages and messages bytes: the service provider interface for
 * protocols, used by the built-in ones in the sub-packages as by an application's own.
 * Imports {@code connection} and Netty's buffers only.
 */
@NullMarked
package io.github.workerman.protocol;

import org.jspecify.annotations.NullMarked;
