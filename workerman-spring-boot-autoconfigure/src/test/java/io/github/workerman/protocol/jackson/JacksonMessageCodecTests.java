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

package io.github.workerman.protocol.jackson;

import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JacksonMessageCodecTests {

	private final JacksonMessageCodec codec = new JacksonMessageCodec(JsonMapper.shared());

	record Item(String name, int count) {
	}

	record Order(String customer, List<Item> items, Color color, LocalDate day) {
	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Part(int unitPrice, @JsonProperty("the-parts") List<Part> parts, Map<String, Part> byName) {
	}

	enum Color {

		RED, GREEN

	}

	record Strict(String text) {

		Strict {
			if (text.isEmpty()) {
				throw new IllegalArgumentException("secret of the program");
			}
		}

	}

	interface Undecidable {

	}

	@ParameterizedTest
	@CsvSource({ "unitPrice,unit_price", "parts,the-parts", "parts[3].unitPrice,the-parts[3].unit_price",
			"byName[a.b].parts[0],by_name[a.b].the-parts[0]", "parts.unitPrice,the-parts.unitPrice",
			"unitPrice.parts,unit_price.parts", "nothing.unitPrice,nothing.unitPrice", "parts[0,the-parts[0", "'',''",
			"byName[a].byName[b].unitPrice,by_name[a].by_name[b].unit_price" })
	void whenNamesDifferInJsonThenThePathOfAPropertyHasThose(String path, String expected) {
		assertThat(this.codec.pathInText(Part.class, path)).isEqualTo(expected);
	}

	@Test
	void whenMapperHasANamingStrategyThenPathsFollowIt() {
		JsonMapper mapper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
			.build();
		Type list = new TypeReference<List<Order>>() {
		}.getType();
		assertThat(new JacksonMessageCodec(mapper).pathInText(list, "[1].items[2].count"))
			.isEqualTo("[1].Items[2].Count");
	}

	@Test
	void shouldReadRecordsAndTreesAndGenericTypes() throws Exception {
		assertThat(read("{\"name\":\"a\",\"count\":2}", Item.class)).isEqualTo(new Item("a", 2));
		assertThat(read("{\"a\":1}", JsonNode.class)).isInstanceOf(JsonNode.class);
		Type list = new TypeReference<List<Item>>() {
		}.getType();
		assertThat(read("[{\"name\":\"a\",\"count\":2}]", list)).isEqualTo(List.of(new Item("a", 2)));
		assertThat(read("null", Item.class)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name":"a","count":"many"}         | count         | must be an integer
			{"name":{"first":"a"},"count":1}    | name          | must be a text
			{"name":"a","count":99999999999999} | count         | is out of range
			{"name":"a","count":null}           | count         | must be an integer
			{"name":"a"}                        | count         | must be an integer
			""")
	void whenAFieldDoesNotFitThenItIsNamed(String text, String field, String problem) {
		InvalidMessageException error = failure(text, Item.class);
		assertThat(error.code()).isEqualTo(Code.INVALID_FIELDS);
		assertThat(error.fields()).isEqualTo(Map.of(field, problem));
		assertThat(error.getMessage()).isEqualTo("field '" + field + "' " + problem);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"items":[{"name":"a","count":1},{"name":"b","count":true}]} | items[1].count | must be an integer
					{"items":{"name":"a"}}                                       | items          | must be a list
					{"items":["a"]}                                              | items[0]       | must be an object
					{"color":"BLUE"}                                             | color          | is none of the allowed values
					{"day":"tomorrow"}                                           | day            | is no valid date or time
					""")
	void whenANestedFieldDoesNotFitThenItsPathIsNamed(String text, String path, String problem) {
		assertThat(failure(text, Order.class).fields()).isEqualTo(Map.of(path, problem));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name":                      | message ends before the end of its JSON
			{"name":"a",}                 | message is no valid JSON at line 1, column 13
			hello                         | message is no valid JSON at line 1, column 1
			{"name":"a","count":1} x      | message is no valid JSON at line 1, column 24
			{"name":"a","count":1} {}     | message goes on after the end of its JSON
			``                            | message is empty
			""")
	void whenTheTextIsNoJsonThenThePositionIsNamed(String text, String message) {
		InvalidMessageException error = failure(text, Item.class);
		assertThat(error.code()).isEqualTo(Code.INVALID_JSON);
		assertThat(error).hasMessage(message);
		assertThat(error.fields()).isEmpty();
	}

	@Test
	void whenTheRootIsOfAnotherTypeThenTheMessageSaysSo() {
		InvalidMessageException error = failure("[1]", Item.class);
		assertThat(error.code()).isEqualTo(Code.INVALID_FIELDS);
		assertThat(error).hasMessage("message must be an object");
	}

	@Test
	void whenNestingIsTooDeepThenTheMessageIsRefused() {
		InvalidMessageException error = failure("[".repeat(100_000), JsonNode.class);
		assertThat(error.code()).isEqualTo(Code.INVALID_JSON);
	}

	@Test
	void whenAConstructorRefusesThenItsWordsStayHere() {
		InvalidMessageException error = failure("{\"text\":\"\"}", Strict.class);
		assertThat(error.code()).isEqualTo(Code.INVALID_FIELDS);
		assertThat(error.getMessage()).doesNotContain("secret", "Strict");
		assertThat(error).hasRootCauseMessage("secret of the program");
	}

	@Test
	void whenTheClassCannotBeReadThenTheProgramIsAtFault() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.codec.read("{}", Undecidable.class, "type"))
			.withMessageContaining("Undecidable");
	}

	@Test
	void whenUnknownPropertiesFailThenTheTypeFieldOfTheTopLevelDoesNot() throws Exception {
		JacksonMessageCodec strict = new JacksonMessageCodec(
				JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());
		assertThat(strict.read("{\"type\":\"item\",\"name\":\"a\",\"count\":1}", Item.class, "type"))
			.isEqualTo(new Item("a", 1));
		assertThat(strict.read("{\"type\":{\"x\":[1]},\"name\":\"a\",\"count\":1}", Item.class, "type"))
			.isEqualTo(new Item("a", 1));
		InvalidMessageException other = catchThrowableOfType(InvalidMessageException.class,
				() -> strict.read("{\"kind\":\"item\",\"name\":\"a\",\"count\":1}", Item.class, "type"));
		assertThat(other.fields()).isEqualTo(Map.of("kind", "is unknown"));
		InvalidMessageException nested = catchThrowableOfType(InvalidMessageException.class,
				() -> strict.read("{\"items\":[{\"type\":\"x\",\"name\":\"a\",\"count\":1}]}", Order.class, "type"));
		assertThat(nested.fields()).isEqualTo(Map.of("items[0].type", "is unknown"));
	}

	@Test
	void shouldFindTheTypeWhereverItStands() throws Exception {
		assertThat(this.codec.typeOf("{\"type\":\"a\"}", "type")).isEqualTo("a");
		assertThat(this.codec.typeOf("{\"x\":{\"type\":\"no\"},\"y\":[{\"type\":\"no\"}],\"type\":\"b\"}", "type"))
			.isEqualTo("b");
		assertThat(this.codec.typeOf("{\"t\\u0079pe\":\"\\u0063\"}", "type")).isEqualTo("c");
		assertThat(this.codec.typeOf("{\"event\":\"d\",\"type\":\"no\"}", "event")).isEqualTo("d");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = "{}\n{\"type\":1}\n[\"type\"]\n\"type\"\n5\nnull")
	void whenThereIsNoTypeThenItIsNull(String text) throws Exception {
		assertThat(this.codec.typeOf(text, "type")).isNull();
	}

	@Test
	void whenTheTypeIsLookedForInNoJsonThenItIsRefused() {
		for (String text : List.of("hello", "{\"a\":", "", "{\"a\" 1,\"type\":\"b\"}")) {
			assertThat(
					catchThrowableOfType(InvalidMessageException.class, () -> this.codec.typeOf(text, "type")).code())
				.as(text)
				.isEqualTo(Code.INVALID_JSON);
		}
	}

	@Test
	void whenAnObjectCannotBeWrittenThenTheCallerLearnsWhy() {
		assertThat(this.codec.write(new Item("ä", 1))).isEqualTo("{\"name\":\"ä\",\"count\":1}");
		Object loop = new Object() {

			public Object getSelf() {
				return this;
			}

		};
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> this.codec.write(loop))
			.withMessageStartingWith("Cannot write a ");
	}

	private Object read(String text, Type type) throws InvalidMessageException {
		return this.codec.read(text, type, "type");
	}

	private InvalidMessageException failure(String text, Type type) {
		return catchThrowableOfType(InvalidMessageException.class, () -> read(text, type));
	}

}
