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

package io.github.workerman.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;

import io.github.workerman.transport.EndpointBindException.Problem;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket: makes room for it where a server that is gone has
 * left its own. Nothing but sockets is deleted, and no socket that somebody listens on.
 * In the end Netty deletes the file together with the channel.
 */
final class UnixSocketFile {

	private static final Log logger = LogFactory.getLog(UnixSocketFile.class);

	/* The bits of st_mode that tell what a file is, and their value for sockets. */
	private static final int TYPE_MASK = 0170000;

	private static final int TYPE_SOCKET = 0140000;

	private final String server;

	private final UnixDomainSocketAddress address;

	private final Path path;

	private final Set<PosixFilePermission> mode;

	/* Which file it is, while the socket is bound; null where that cannot be told. */
	private volatile @Nullable Object key;

	/**
	 * Creates a file.
	 * @param mode who may connect; empty to leave it to the process's file mode mask
	 */
	UnixSocketFile(String server, UnixDomainSocketAddress address, Set<PosixFilePermission> mode) {
		this.server = server;
		this.address = address;
		this.path = address.getPath();
		this.mode = mode;
	}

	/**
	 * Makes sure that the socket can be bound.
	 * @throws EndpointBindException if something is in its place
	 */
	void prepare() {
		try {
			int type = (int) Files.getAttribute(this.path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_MASK;
			if (type != TYPE_SOCKET) {
				throw failure(Problem.NOT_A_SOCKET, new IOException("a file that is no socket is in its place"));
			}
			if (isAlive()) {
				throw failure(Problem.IN_USE, new IOException("a server listens there"));
			}
			logger.info("Server '" + this.server + "' replaces " + this.path + ", on which nobody listens");
			Files.delete(this.path);
		}
		catch (NoSuchFileException ex) {
			logger.trace("Nothing is in the place of " + this.path);
		}
		catch (UnsupportedOperationException | IllegalArgumentException ex) {
			// Not a file system of Unix: binding tells what is wrong.
			logger.debug("Cannot look at " + this.path, ex);
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private boolean isAlive() throws IOException {
		try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			// Without waiting: a server whose queue is full is one, too.
			client.configureBlocking(false);
			client.connect(this.address);
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	/**
	 * Gives the file its permissions, now that the socket is bound.
	 * @throws EndpointBindException if that is not possible
	 */
	void opened() {
		try {
			this.key = keyInPlace();
		}
		catch (IOException ex) {
			logger.debug("Cannot tell which file " + this.path + " is", ex);
		}
		try {
			if (!this.mode.isEmpty()) {
				Files.setPosixFilePermissions(this.path, this.mode);
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw failure(ex);
		}
	}

	/**
	 * Closes the socket, with which whatever is in the file's place is deleted. Meanwhile
	 * a file that has come there since, be it that of another server, is elsewhere.
	 * @param close closes the socket
	 */
	void close(Runnable close) {
		Path kept = setStrangerAside();
		try {
			close.run();
		}
		finally {
			if (kept != null) {
				putBack(kept);
			}
		}
	}

	private @Nullable Path setStrangerAside() {
		Object own = this.key;
		this.key = null;
		try {
			if (own == null || own.equals(keyInPlace())) {
				return null;
			}
			Path elsewhere = this.path.resolveSibling("." + UUID.randomUUID());
			Files.move(this.path, elsewhere);
			logger.info("Server '" + this.server + "' leaves " + this.path + " alone, which is another's by now");
			return elsewhere;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			logger.warn("Server '" + this.server + "' may delete " + this.path + ", which is another's by now", ex);
			return null;
		}
	}

	private void putBack(Path kept) {
		try {
			Files.move(kept, this.path);
		}
		catch (IOException ex) {
			logger.error("Server '" + this.server + "' cannot move " + kept + " back to " + this.path, ex);
		}
	}

	private @Nullable Object keyInPlace() throws IOException {
		return Files.readAttributes(this.path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

	private EndpointBindException failure(Exception cause) {
		Problem problem = (cause instanceof AccessDeniedException) ? Problem.PERMISSION_DENIED : Problem.OTHER;
		return failure(problem, cause);
	}

	private EndpointBindException failure(Problem problem, Exception cause) {
		return new EndpointBindException(this.server, this.address, problem, cause);
	}

}
