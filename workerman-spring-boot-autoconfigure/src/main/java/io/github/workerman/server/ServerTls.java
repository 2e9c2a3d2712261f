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

package io.github.workerman.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.transport.tls.TlsIdentity;
import io.github.workerman.transport.tls.TlsKeys;
import io.github.workerman.transport.tls.TlsTermination;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the SSL bundles that a definition names what the server speaks TLS with, and
 * keeps that up to date.
 */
final class ServerTls {

	private static final Log logger = LogFactory.getLog(ServerTls.class);

	private final ServerDefinition definition;

	private final TlsBundles bundles;

	private final Map<String, TlsIdentity> identities = new HashMap<>();

	ServerTls(ServerDefinition definition, TlsBundles bundles) {
		this.definition = definition;
		this.bundles = bundles;
	}

	/**
	 * Makes it.
	 * @return how to speak TLS, or {@code null} if the server does not
	 * @throws ServerConfigurationException if a bundle does not exist or cannot be used
	 */
	@Nullable TlsTermination create() {
		SslSettings ssl = this.definition.ssl();
		String bundle = ssl.bundle();
		if (!ssl.isActive() || bundle == null) {
			return null;
		}
		TlsIdentity identity = identity("ssl.bundle", bundle);
		Map<String, TlsIdentity> serverNames = new LinkedHashMap<>();
		ssl.serverNames()
			.forEach((name, named) -> serverNames.put(name, identity("ssl.server-names[" + name + "]", named)));
		// The endpoint limits the time of all handshakes together.
		return new TlsTermination(identity, serverNames, ssl.optional(), Duration.ZERO);
	}

	private TlsIdentity identity(String property, String bundle) {
		TlsIdentity known = this.identities.get(bundle);
		if (known != null) {
			return known;
		}
		List<String> names = this.bundles.names();
		if (!names.contains(bundle)) {
			throw new ServerConfigurationException(this.definition.name(), property, bundle,
					"names SSL bundle '" + bundle + "', which does not exist",
					(names.isEmpty() ? "There is none. Define it"
							: "Use one of " + String.join(", ", names.stream().sorted().toList()) + ", or define it")
							+ " with spring.ssl.bundle.pem." + bundle + ".* or spring.ssl.bundle.jks." + bundle
							+ ".*.");
		}
		TlsIdentity identity = load(property, bundle);
		this.identities.put(bundle, identity);
		this.bundles.whenUpdated(bundle, () -> reload(bundle, identity));
		return identity;
	}

	private TlsIdentity load(String property, String bundle) {
		try {
			TlsKeys keys = this.bundles.get(bundle);
			TlsIdentity identity = new TlsIdentity(keys, this.definition.ssl().clientAuth(), applicationProtocols());
			String problem = TlsIdentity.validityProblem(keys);
			if (problem != null) {
				logger.warn("Peers of server '" + this.definition.name() + "' may refuse SSL bundle '" + bundle + "': "
						+ problem);
			}
			return identity;
		}
		catch (RuntimeException ex) {
			throw new ServerConfigurationException(this.definition.name(), property, bundle,
					"cannot use SSL bundle '" + bundle + "': " + reason(ex),
					"Correct the properties or the files of the bundle.");
		}
	}

	private List<String> applicationProtocols() {
		return (this.definition.protocol().equals(HttpProtocol.NAME) && this.definition.http().http2().enabled())
				? List.of("h2", "http/1.1") : List.of();
	}

	private static String reason(RuntimeException ex) {
		Throwable cause = ex;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

	private void reload(String bundle, TlsIdentity identity) {
		try {
			identity.replace(this.bundles.get(bundle));
			logger.info("Server '" + this.definition.name() + "' uses the new certificate of SSL bundle '" + bundle
					+ "' from now on");
		}
		catch (RuntimeException ex) {
			logger
				.error("Server '" + this.definition.name() + "' keeps the old certificate, the new one of SSL bundle '"
						+ bundle + "' cannot be used: " + reason(ex));
		}
	}

}
