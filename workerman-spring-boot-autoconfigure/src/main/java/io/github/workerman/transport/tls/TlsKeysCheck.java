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

package io.github.workerman.transport.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether keys can be used before they are: with a private key that does not
 * belong to its certificate every handshake would fail, and only then.
 */
final class TlsKeysCheck {

	private static final String[] KEY_TYPES = { "RSA", "RSASSA-PSS", "EC", "EdDSA" };

	private static final byte[] SAMPLE = "Workerman".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

	private final Map<PrivateKey, X509Certificate> pairs = new LinkedHashMap<>();

	TlsKeysCheck(TlsKeys keys) {
		for (KeyManager candidate : keys.keys().getKeyManagers()) {
			if (candidate instanceof X509KeyManager manager) {
				collect(manager);
			}
		}
	}

	private void collect(X509KeyManager manager) {
		for (String type : KEY_TYPES) {
			for (String alias : aliases(manager, type)) {
				PrivateKey key = manager.getPrivateKey(alias);
				X509Certificate[] chain = manager.getCertificateChain(alias);
				if (key != null && chain != null && chain.length > 0) {
					this.pairs.put(key, chain[0]);
				}
			}
		}
	}

	/* A key store may have more entries than the one that handshakes use. */
	private static List<String> aliases(X509KeyManager manager, String type) {
		String chosen = (manager instanceof X509ExtendedKeyManager extended)
				? extended.chooseEngineServerAlias(type, null, null) : manager.chooseServerAlias(type, null, null);
		if (chosen != null) {
			return List.of(chosen);
		}
		String[] aliases = manager.getServerAliases(type, null);
		return (aliases != null) ? List.of(aliases) : List.of();
	}

	/**
	 * Checks that there is a certificate and that each has its key.
	 * @throws IllegalArgumentException if not
	 */
	void checkPairs() {
		if (this.pairs.isEmpty()) {
			throw new IllegalArgumentException("it has no certificate with a private key");
		}
		this.pairs.forEach((key, certificate) -> {
			if (!belong(key, certificate)) {
				throw new IllegalArgumentException(
						"its private key does not belong to the certificate of " + name(certificate));
			}
		});
	}

	/**
	 * Tells whether there is a key of one of these algorithms.
	 * @param algorithms their names
	 * @return whether there is
	 */
	boolean hasKeysOf(String... algorithms) {
		return this.pairs.keySet().stream().anyMatch((key) -> List.of(algorithms).contains(key.getAlgorithm()));
	}

	private static boolean belong(PrivateKey key, X509Certificate certificate) {
		String algorithm = switch (key.getAlgorithm()) {
			case "RSA" -> "SHA256withRSA";
			case "RSASSA-PSS" -> "RSASSA-PSS";
			case "EC" -> "SHA256withECDSA";
			case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
			default -> null;
		};
		if (algorithm == null) {
			return true;
		}
		try {
			Signature signature = Signature.getInstance(algorithm);
			if (algorithm.equals("RSASSA-PSS")) {
				signature.setParameter(pssParameters(key));
			}
			signature.initSign(key);
			signature.update(SAMPLE);
			byte[] signed = signature.sign();
			signature.initVerify(certificate.getPublicKey());
			signature.update(SAMPLE);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	/* The algorithm has no parameters of its own, and a key may insist on some. */
	private static AlgorithmParameterSpec pssParameters(PrivateKey key) {
		AlgorithmParameterSpec own = (key instanceof RSAKey rsa) ? rsa.getParams() : null;
		return (own != null) ? own : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
	}

	/**
	 * Returns what is wrong with the time for which the certificates are valid.
	 * @return what is wrong, or {@code null}
	 */
	@Nullable String validityProblem() {
		for (X509Certificate certificate : this.pairs.values()) {
			try {
				certificate.checkValidity();
			}
			catch (CertificateException ex) {
				return "the certificate of " + name(certificate) + " is valid from "
						+ certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant();
			}
		}
		return null;
	}

	private static String name(X509Certificate certificate) {
		return certificate.getSubjectX500Principal().getName();
	}

}
