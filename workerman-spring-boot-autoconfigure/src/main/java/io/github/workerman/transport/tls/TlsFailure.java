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

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.github.workerman.connection.RejectReason;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;

/**
 * Why a TLS handshake has failed. The engines say that in prose only, each in its own:
 * those of the JDK are sentences, those of OpenSSL end with the names of its error codes.
 * Usable from any thread.
 */
public final class TlsFailure {

	/**
	 * What the engines say of an alert that a peer has sent before it had keys, as
	 * OpenSSL does when it does not trust a certificate: nothing else is as short.
	 */
	private static final List<String> PLAIN_ALERT = List.of("aead cipher fragment (2)", "bad_packet_length");

	private static final List<String> ALERT = List.of("received fatal alert", "received close_notify", "_alert_",
			"alert number", "plaintext alert received");

	private static final List<String> VERSION = List.of("client requested protocol", "no cipher suites in common",
			"no negotiable cipher", "unsupported_protocol", "unsupported protocol", "no_shared_cipher",
			"wrong_version_number", "not accepted by server preferences", "unsupported or unrecognized",
			"not enabled or supported", "no appropriate protocol", "inappropriate_fallback",
			"no_common_signature_algorithms", "no_shared_group");

	private static final List<String> CERTIFICATE = List.of("empty client certificate chain",
			"empty server certificate", "did_not_return_a_certificate", "certificate_verify_failed", "bad_certificate",
			"certificate");

	private TlsFailure() {
	}

	/**
	 * Returns the reason that is counted.
	 * @param failure what the pipeline or the handshake has reported
	 * @return the reason, {@link RejectReason#ABANDONED} for what is no failure of TLS
	 */
	public static RejectReason reason(Throwable failure) {
		Throwable cause = unwrap(failure);
		if (cause instanceof NotSslRecordException || !(cause instanceof SSLException)) {
			return (cause instanceof SSLException) ? RejectReason.TLS_HANDSHAKE : RejectReason.ABANDONED;
		}
		StringBuilder messages = new StringBuilder();
		for (Throwable current = cause; current != null; current = current.getCause()) {
			messages.append(current.getMessage()).append('\n');
			if (current instanceof CertificateException || current instanceof CertPathValidatorException
					|| current instanceof CertPathBuilderException) {
				return RejectReason.TLS_CERTIFICATE;
			}
		}
		String message = messages.toString().toLowerCase(Locale.ROOT);
		if (contains(message, ALERT) || contains(message, PLAIN_ALERT)) {
			return RejectReason.TLS_ALERT;
		}
		if (contains(message, VERSION)) {
			return RejectReason.TLS_VERSION;
		}
		return contains(message, CERTIFICATE) ? RejectReason.TLS_CERTIFICATE : RejectReason.TLS_HANDSHAKE;
	}

	private static boolean contains(String message, List<String> parts) {
		return parts.stream().anyMatch(message::contains);
	}

	/**
	 * Returns what a decoder has wrapped.
	 * @param failure what the pipeline has reported
	 * @return the failure of TLS in it, or the same if there is none
	 */
	public static Throwable unwrap(Throwable failure) {
		return (failure instanceof DecoderException && failure.getCause() instanceof SSLException cause) ? cause
				: failure;
	}

	/**
	 * Returns one line about a failure, for the log.
	 * @param failure what the pipeline or the handshake has reported
	 * @return the first line of its message, may be empty
	 */
	public static String line(Throwable failure) {
		Throwable cause = unwrap(failure);
		String message = cause.getMessage();
		for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
			message = (deeper.getMessage() != null) ? deeper.getMessage() : message;
		}
		if (message == null) {
			return (cause instanceof ClosedChannelException) ? "the peer has left" : cause.getClass().getSimpleName();
		}
		if (contains(message.toLowerCase(Locale.ROOT), PLAIN_ALERT)) {
			return "the peer has sent an alert";
		}
		return message.lines().findFirst().orElse("");
	}

}
