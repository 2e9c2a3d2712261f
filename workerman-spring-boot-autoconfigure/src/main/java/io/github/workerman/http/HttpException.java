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

package io.github.workerman.http;

/**
 * Thrown by a handler to answer with a status. Error handlers get it first. Nothing of it
 * is logged.
 */
public class HttpException extends RuntimeException {

	private final int status;

	/**
	 * Creates an exception.
	 * @param status the status, 400 to 599
	 * @param message the body of the response; must not reveal anything of the program
	 */
	public HttpException(int status, String message) {
		super(message, null, false, false);
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("An error cannot have the status " + status);
		}
		this.status = status;
	}

	/**
	 * Returns the status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

}
