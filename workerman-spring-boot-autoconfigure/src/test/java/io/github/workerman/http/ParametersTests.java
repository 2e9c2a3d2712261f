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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.annotation.OnRequest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Parameters}.
 */
@Timeout(60)
class ParametersTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a[]=x&a[]=y | {a=[x, y]}", "a[x]=1&a[]=2&a[]=3 | {a={x=1, 0=2, 1=3}}",
					"a[5]=x&a[]=y | {a={5=x, 6=y}}", "a[0]=x&a[1]=y | {a=[x, y]}", "a[1]=x&a[0]=y | {a={1=x, 0=y}}",
					"a[07]=x&a[]=y | {a={07=x, 0=y}}", "a[][b]=x&a[][b]=y | {a=[{b=x}, {b=y}]}",
					"a[999999999]=x&a[]=y | {a={999999999=x, 1000000000=y}}", "a=x&a[b]=y | {a={b=y}}",
					"a[b]=x&a=y | {a=y}", "a[b=x | {a[b=x}" })
	void whenNamesHaveBracketsThenTheyNestAsInPhp(String encoded, String nested) {
		assertThat(Parameters.parse(encoded).nested()).hasToString(nested);
	}

	@Test
	void whenListGrowsBehindManyIndicesThenNoneIsSearchedFor() {
		Map<String, List<String>> values = new LinkedHashMap<>();
		int count = 300_000;
		for (int i = 0; i < count; i++) {
			values.put("a[" + (count + i) + "]", List.of(""));
		}
		values.put("a[]", Collections.nCopies(count, ""));
		assertThat(Parameters.of(values).nested().get("a")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.hasSize(2 * count);
	}

	@Test
	void whenThereAreTooManyThenRequestIsBad() {
		assertThat(Parameters.parse("a&".repeat(10_000)).all("a")).hasSize(10_000);
		assertThatExceptionOfType(HttpException.class).isThrownBy(() -> Parameters.parse("a&".repeat(10_001)))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(400));
	}

	@Test
	void whenFormOfARequestHasTooManyThenRequestIsBad() {
		try (HttpFixture http = HttpFixture.start(Forms.class)) {
			String type = "application/x-www-form-urlencoded";
			String form = "a&".repeat(10_001);
			var refused = http.post("/form", type, form);
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).isEqualTo("More than 10000 parameters");
			assertThat(http.post("/length", type, form).body()).isEqualTo("20002");
			assertThat(http.post("/form", type, "a=1").body()).isEqualTo("{a=[1]}");
		}
	}

	static class Forms {

		@OnRequest("/form")
		String form(HttpRequest request) {
			return request.form().toString();
		}

		@OnRequest("/length")
		String length(String body) {
			return String.valueOf(body.length());
		}

	}

}
