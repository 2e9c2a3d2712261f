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

package io.github.workerman.transport.http;

import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.workerman.connection.Cookies;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpSession;
import io.github.workerman.http.Parameters;
import io.github.workerman.http.UploadedFile;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request as reactor-netty or the guard has read it.
 */
final class NettyHttpRequest implements HttpRequest {

	private static final Pattern ABSOLUTE = Pattern.compile("(?i)^https?://[^/?]+");

	static final String MULTIPART = "multipart/form-data";

	private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^\";\\s][^;]*))");

	private static final byte[] EMPTY = {};

	private final HttpCarrier connection;

	private final String method;

	private final String uri;

	private final Supplier<HttpHeaders> source;

	private volatile @Nullable HttpHeaders headers;

	private final HttpOrigin origin;

	private Map<String, String> pathParams = Map.of();

	private @Nullable HttpSession session;

	private byte[] bytes = EMPTY;

	/* Made when it is asked for. */
	private volatile @Nullable Parameters form;

	private List<? extends UploadedFile> files = List.of();

	NettyHttpRequest(HttpCarrier connection, HttpServerRequest request) {
		this(connection, request.method().name(), utf8(request.uri()), request::requestHeaders);
	}

	/**
	 * Creates a request.
	 * @param target the target as it was sent
	 * @param headers makes the fields when they are needed
	 */
	NettyHttpRequest(HttpCarrier connection, String method, String target, Supplier<HttpHeaders> headers) {
		this.connection = connection;
		this.method = method;
		this.uri = (target.startsWith("/") || target.equals("*")) ? target : relative(target);
		this.source = headers;
		this.origin = connection.origin(this::fields);
	}

	/* Every character stands for a byte, as the codecs have it. */
	private static String utf8(String target) {
		for (int i = 0; i < target.length(); i++) {
			if (target.charAt(i) >= 0x80) {
				return new String(target.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
			}
		}
		return target;
	}

	/* Two threads that ask first get two that are equal. */
	HttpHeaders fields() {
		HttpHeaders made = this.headers;
		if (made == null) {
			made = this.source.get();
			this.headers = made;
		}
		return made;
	}

	private static String relative(String target) {
		String rest = ABSOLUTE.matcher(target).replaceFirst("");
		return rest.startsWith("/") ? rest : "/" + rest;
	}

	/**
	 * Sets the body, once and before anybody else sees the request.
	 */
	void body(byte[] body) {
		this.bytes = body;
	}

	/**
	 * Sets the parts of a form instead of a body.
	 */
	void form(Map<String, List<String>> fields, List<? extends UploadedFile> files) {
		this.form = Parameters.of(fields);
		this.files = files;
	}

	void pathParams(Map<String, String> params) {
		this.pathParams = params;
	}

	void session(HttpSession session) {
		this.session = session;
	}

	boolean hasBody() {
		String length = fields().get(HttpHeaderNames.CONTENT_LENGTH);
		return (length != null) ? !length.equals("0") : fields().contains(HttpHeaderNames.TRANSFER_ENCODING);
	}

	boolean isMultipart() {
		return this.method.equals("POST") && contentType().startsWith(MULTIPART);
	}

	/**
	 * Returns what separates the parts of a form.
	 * @return the text, or {@code null} if the form does not say
	 */
	@Nullable String boundary() {
		String type = fields().get(HttpHeaderNames.CONTENT_TYPE);
		Matcher matcher = BOUNDARY.matcher((type != null) ? type : "");
		if (!matcher.find()) {
			return null;
		}
		return (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2).trim();
	}

	private boolean isForm() {
		return contentType().startsWith("application/x-www-form-urlencoded");
	}

	private String contentType() {
		String type = fields().get(HttpHeaderNames.CONTENT_TYPE);
		return (type != null) ? type.toLowerCase(Locale.ROOT) : "";
	}

	@Override
	public String server() {
		return this.connection.server();
	}

	@Override
	public String method() {
		return this.method;
	}

	@Override
	public String uri() {
		return this.uri;
	}

	@Override
	public String path() {
		String path = rawPath();
		return (path.indexOf('%') < 0) ? path
				: java.net.URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	@Override
	public Map<String, String> pathParams() {
		return this.pathParams;
	}

	@Override
	public String queryString() {
		int query = this.uri.indexOf('?');
		return (query < 0) ? "" : this.uri.substring(query + 1);
	}

	@Override
	public Parameters query() {
		return Parameters.parse(queryString());
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> all = new LinkedHashMap<>();
		fields().forEach(
				(entry) -> all.computeIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), (name) -> new ArrayList<>(1))
					.add(entry.getValue()));
		all.replaceAll((name, values) -> Collections.unmodifiableList(values));
		return Collections.unmodifiableMap(all);
	}

	@Override
	public List<String> headers(String name) {
		return Collections.unmodifiableList(fields().getAll(name));
	}

	@Override
	public @Nullable String header(String name) {
		return fields().get(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		return Cookies.first(fields().getAll(HttpHeaderNames.COOKIE), name);
	}

	@Override
	public HttpSession session() {
		HttpSession session = this.session;
		if (session == null) {
			throw new IllegalStateException("Server '" + server() + "' keeps no sessions: set workerman.servers."
					+ server() + ".http.session.enabled=true");
		}
		return session;
	}

	@Override
	public Parameters form() {
		Parameters made = this.form;
		if (made == null) {
			made = isForm() ? Parameters.parse(text()) : Parameters.NONE;
			this.form = made;
		}
		return made;
	}

	@Override
	public List<UploadedFile> files() {
		return Collections.unmodifiableList(this.files);
	}

	@Override
	public byte[] bytes() {
		return this.bytes;
	}

	@Override
	public String text() {
		String type = fields().get(HttpHeaderNames.CONTENT_TYPE);
		Charset charset = (type != null) ? HttpUtil.getCharset(type, StandardCharsets.UTF_8) : StandardCharsets.UTF_8;
		return new String(this.bytes, charset);
	}

	@Override
	public @Nullable String host() {
		return (this.origin.host() != null) ? this.origin.host() : fields().get(HttpHeaderNames.HOST);
	}

	@Override
	public boolean isSecure() {
		return this.origin.secure();
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.origin.client();
	}

	@Override
	public SocketAddress peerAddress() {
		return this.connection.peerAddress();
	}

	/**
	 * Returns where the request comes from.
	 */
	HttpOrigin origin() {
		return this.origin;
	}

	@Override
	public String toString() {
		return this.method + " " + this.uri;
	}

}
