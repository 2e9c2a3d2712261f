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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.http.UploadedFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.search.AbstractSearchProcessorFactory;
import io.netty.buffer.search.SearchProcessor;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.netty.util.AbstractReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form. It is decoded by one thread at a time and off the event loop, as
 * large parts go to disk. Memory and temporary files are given back with the last
 * reference, never while the form is being decoded: who decodes it holds one.
 */
final class HttpForm extends AbstractReferenceCounted {

	/* As many as there may be parameters; each takes many times its size. */
	private static final int MOST_PARTS = 10_000;

	/* Bytes of a part's header that the decoder waits for the rest of. */
	private static final int MOST_BUFFERED = 1024;

	private final HttpPostMultipartRequestDecoder decoder;

	/*
	 * Looks for what ends a form (RFC 2046 section 5.1.1). The decoder does not miss it,
	 * and neither the part that is not complete without it.
	 */
	private final SearchProcessor search;

	private boolean ended;

	/**
	 * Creates a form.
	 * @param type the type of the body, with the boundary
	 * @param boundary what separates the parts
	 * @param threshold how many bytes of a part are kept in memory
	 * @param directory where larger ones are stored
	 */
	HttpForm(String type, String boundary, long threshold, Path directory) {
		DefaultHttpDataFactory factory = (threshold > 0) ? new DefaultHttpDataFactory(threshold, StandardCharsets.UTF_8)
				: new DefaultHttpDataFactory(true, StandardCharsets.UTF_8);
		factory.setBaseDir(directory.toAbsolutePath().toString());
		HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
		// Netty knows the type in lower case alone.
		head.headers()
			.set(HttpHeaderNames.CONTENT_TYPE,
					NettyHttpRequest.MULTIPART + type.substring(NettyHttpRequest.MULTIPART.length()));
		this.decoder = new HttpPostMultipartRequestDecoder(factory, head, StandardCharsets.UTF_8, MOST_PARTS,
				MOST_BUFFERED);
		byte[] end = ("--" + boundary + "--").getBytes(StandardCharsets.ISO_8859_1);
		this.search = AbstractSearchProcessorFactory.newKmpSearchProcessorFactory(end).newSearchProcessor();
	}

	/**
	 * Decodes more of the form.
	 * @param bytes what comes next; released
	 */
	void add(ByteBuf bytes) {
		try {
			this.ended = this.ended || bytes.forEachByte(this.search) >= 0;
			this.decoder.offer(new DefaultHttpContent(bytes));
		}
		finally {
			bytes.release();
		}
	}

	/**
	 * Returns the parts of a form that has been added as a whole.
	 * @throws CutOffException if the last boundary is missing
	 */
	Parts parts() {
		if (!this.ended) {
			throw new CutOffException();
		}
		this.decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
		Map<String, List<String>> fields = new LinkedHashMap<>();
		List<UploadedFile> files = new ArrayList<>();
		for (InterfaceHttpData part : this.decoder.getBodyHttpDatas()) {
			if (part instanceof Attribute attribute) {
				fields.computeIfAbsent(attribute.getName(), (name) -> new ArrayList<>(1)).add(valueOf(attribute));
			}
			else if (part instanceof FileUpload file) {
				files.add(new NettyUploadedFile(file));
			}
		}
		return new Parts(fields, files);
	}

	private static String valueOf(Attribute attribute) {
		try {
			return attribute.getValue();
		}
		catch (IOException ex) {
			throw new ErrorDataDecoderException(ex);
		}
	}

	@Override
	public HttpForm touch(Object hint) {
		return this;
	}

	@Override
	protected void deallocate() {
		this.decoder.destroy();
	}

	record Parts(Map<String, List<String>> fields, List<UploadedFile> files) {

	}

	static final class CutOffException extends RuntimeException {

		private CutOffException() {
			super("The form ends before its last boundary", null, false, false);
		}

	}

	private record NettyUploadedFile(FileUpload file) implements UploadedFile {

		@Override
		public String name() {
			return this.file.getName();
		}

		@Override
		public String fileName() {
			String name = this.file.getFilename();
			return (name != null) ? name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1) : "";
		}

		@Override
		public @Nullable String contentType() {
			return this.file.getContentType();
		}

		@Override
		public long size() {
			return this.file.length();
		}

		@Override
		public boolean isInMemory() {
			return this.file.isInMemory();
		}

		@Override
		public byte[] bytes() throws IOException {
			return this.file.get();
		}

		@Override
		public String toString() {
			String text = name() + ": " + fileName() + ", " + size() + " bytes, " + contentType();
			return text.replaceAll("\\p{Cntrl}", "?");
		}

		@Override
		public void transferTo(Path target) throws IOException {
			if (Files.exists(target)) {
				throw new FileAlreadyExistsException(target.toString());
			}
			if (!this.file.renameTo(target.toFile())) {
				throw new IOException("The uploaded file could not be moved");
			}
		}

	}

}
