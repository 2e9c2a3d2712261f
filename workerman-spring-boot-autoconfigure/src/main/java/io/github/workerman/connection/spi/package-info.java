/**
 * The seam between what moves bytes and what handles messages. Imports {@code connection}
 * only; knows neither Netty nor annotations.
 */
@NullMarked
package io.github.workerman.connection.spi;

import org.jspecify.annotations.NullMarked;
