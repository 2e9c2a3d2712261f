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

package io.github.workerman.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.workerman.server.ServerDefinition;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the metadata for editors and {@code docs/configuration.md} honest.
 */
class ConfigurationMetadataTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

	private static final Path README = Path.of("..", "README.md");

	private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9.-]+)` \\| ([^|]+) \\| (.+) \\|");

	private final JsonNode metadata = read();

	@Test
	void everyPropertyIsDescribed() {
		Map<String, JsonNode> properties = properties();
		assertThat(properties).hasSizeGreaterThan(25);
		properties.forEach((name, property) -> {
			JsonNode description = property.get("description");
			assertThat(description).as(name).isNotNull();
			assertThat(description.asString()).as(name)
				.matches("(?s)[A-Z].*\\.")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
			if (property.get("type").asString().equals("java.lang.Boolean")) {
				assertThat(description.asString()).as(name).startsWith("Whether ");
			}
			if (property.get("type").asString().startsWith("java.util.List")) {
				assertThat(description.asString()).as(name).startsWith("Comma-separated list ");
			}
		});
	}

	@Test
	void everyKeyOfServersIsAKeyOfDefaults() {
		assertThat(properties().get("workerman.servers").get("type").asString())
			.isEqualTo("java.util.Map<java.lang.String," + ServerProperties.class.getName() + ">");
		assertThat(serverKeys()).containsExactlyInAnyOrderElementsOf(keysOf(ServerProperties.class, ""));
	}

	@Test
	void everyPartOfADefinitionCanBeConfigured() {
		List<String> parts = Arrays.stream(ServerDefinition.class.getRecordComponents())
			.flatMap(ConfigurationMetadataTests::parts)
			.map((part) -> part.replace("shutdown-", "shutdown.")
				.replace("static-resources.", "static.")
				.replaceFirst("^socket\\.", "")
				.replaceFirst("^session\\.", "http.session.")
				.replaceFirst("^http\\.http2\\.", "http2."))
			.flatMap((part) -> part.equals("websocket.paths") ? Stream.of("path", "websocket.path") : Stream.of(part))
			.filter((part) -> !part.equals("name") && !part.equals("unix.path"))
			.toList();
		assertThat(serverKeys()).containsExactlyInAnyOrderElementsOf(parts);
	}

	private static Stream<String> parts(RecordComponent component) {
		String name = dashed(component.getName());
		return component.getType().isRecord() ? Arrays.stream(component.getType().getRecordComponents())
			.flatMap(ConfigurationMetadataTests::parts)
			.map((part) -> name + "." + part) : Stream.of(name);
	}

	@Test
	void hintsAreAboutExistingProperties() {
		assertThat(this.metadata.get("hints")).isNotEmpty();
		this.metadata.get("hints").forEach((hint) -> assertThat(properties()).containsKey(hint.get("name").asString()));
		assertThat(values("workerman.defaults.protocol")).containsExactly("websocket", "http", "text", "frame",
				"length-field", "delimiter", "tcp", "udp");
		assertThat(values("workerman.transport")).containsExactly("auto", "io_uring", "epoll", "nio");
	}

	@Test
	void documentHasEveryKeyOfServersWithItsDefault() throws IOException {
		Map<String, String> rows = rows(DOCUMENT, "## Servers");
		assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(serverKeys());
		rows.forEach((key, defaultValue) -> {
			JsonNode expected = properties().get("workerman.defaults." + key).get("defaultValue");
			if (expected != null) {
				assertThat(defaultValue).as(key).isEqualTo("`" + expected.asString() + "`");
			}
		});
	}

	@Test
	void documentHasEveryOtherKeyWithItsDefault() throws IOException {
		Map<String, String> rows = rows(DOCUMENT, "## Application");
		assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(properties().keySet()
			.stream()
			.filter((name) -> !name.startsWith("workerman.defaults.") && !name.equals("workerman.servers"))
			.toList());
		rows.forEach((key, defaultValue) -> assertThat(defaultValue).as(key)
			.isEqualTo("`" + properties().get(key).get("defaultValue").asString().replace('_', '-') + "`"));
	}

	@Test
	void readmeHasTheTablesOfTheDocument() throws IOException {
		assertThat(rows(README, "### Servers")).isEqualTo(rows(DOCUMENT, "## Servers"));
		assertThat(rows(README, "### Application")).isEqualTo(rows(DOCUMENT, "## Application"));
	}

	@Test
	void defaultsOfMetadataAreThoseOfDefinitions() {
		Map<String, String> source = new LinkedHashMap<>();
		properties().forEach((name, property) -> {
			if (name.startsWith("workerman.") && property.get("defaultValue") != null) {
				source.put(name, property.get("defaultValue").asString());
			}
		});
		assertThat(source).hasSizeGreaterThan(15);
		source.put("workerman.servers.chat.protocol", "websocket");
		source.put("workerman.servers.chat.port", "0");
		WorkermanProperties bound = new Binder(new MapConfigurationPropertySource(source))
			.bind("workerman", WorkermanProperties.class)
			.get();
		assertThat(new PropertiesServerDefinitions(bound).get())
			.containsExactly(ServerDefinition.builder("chat", "websocket", 0).build());
	}

	@Test
	void whenServerSaysNothingThenDefaultsApply() {
		WorkermanProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("workerman.defaults.protocol", "text",
						"workerman.defaults.port", "0", "workerman.defaults.max-message-size", "1KB",
						"workerman.defaults.wiretap", "true", "workerman.shutdown.grace-period", "7s",
						"workerman.servers.one.wiretap", "false", "workerman.servers.one.shutdown.grace-period", "3s",
						"workerman.servers.two.protocol", "websocket", "workerman.servers.two.path", "/two")))
			.bind("workerman", WorkermanProperties.class)
			.get();
		Map<String, ServerDefinition> definitions = new PropertiesServerDefinitions(properties).get()
			.stream()
			.collect(Collectors.toMap(ServerDefinition::name, (definition) -> definition));
		assertThat(definitions.get("one").protocol()).isEqualTo("text");
		assertThat(definitions.get("one").maxMessageSize()).isEqualTo(DataSize.ofKilobytes(1));
		assertThat(definitions.get("one").wiretap()).isFalse();
		assertThat(definitions.get("one").shutdownGracePeriod()).isEqualTo(Duration.ofSeconds(3));
		assertThat(definitions.get("two").wiretap()).isTrue();
		assertThat(definitions.get("two").websocket().paths()).containsExactly("/two");
		assertThat(definitions.get("two").shutdownGracePeriod()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void defaultsOfDevToolsAreAboutExistingProperties() throws IOException {
		Properties devTools = PropertiesLoaderUtils
			.loadProperties(new ClassPathResource("META-INF/spring-devtools.properties"));
		assertThat(devTools).containsExactly(Map.entry("defaults.workerman.shutdown.grace-period", "0s"));
		assertThat(properties()).containsKey("workerman.shutdown.grace-period");
	}

	private List<String> serverKeys() {
		return properties().keySet()
			.stream()
			.filter((name) -> name.startsWith("workerman.defaults."))
			.map((name) -> name.substring("workerman.defaults.".length()))
			.toList();
	}

	private static TreeSet<String> keysOf(Class<?> type, String prefix) {
		TreeSet<String> keys = new TreeSet<>();
		Arrays.stream(BeanUtils.getPropertyDescriptors(type)).forEach((property) -> {
			String key = prefix + dashed(property.getName());
			if (property.getPropertyType().getName().startsWith(type.getName() + "$")
					|| property.getPropertyType().getName().endsWith("Properties")) {
				keys.addAll(keysOf(property.getPropertyType(), key + "."));
			}
			else if (property.getWriteMethod() != null || property.getPropertyType() == Map.class) {
				keys.add(key);
			}
		});
		return keys;
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private List<String> values(String hint) {
		return this.metadata.get("hints")
			.valueStream()
			.filter((candidate) -> candidate.get("name").asString().equals(hint))
			.flatMap((found) -> found.get("values").valueStream())
			.map((value) -> value.get("value").asString())
			.toList();
	}

	private Map<String, JsonNode> properties() {
		return this.metadata.get("properties")
			.valueStream()
			.collect(Collectors.toMap((property) -> property.get("name").asString(), (property) -> property,
					(one, other) -> one, LinkedHashMap::new));
	}

	private static Map<String, String> rows(Path file, String heading) throws IOException {
		String document = Files.readString(file);
		int begin = document.indexOf(heading + "\n");
		assertThat(begin).as(heading).isNotNegative();
		String section = document.substring(begin, document.indexOf("\n#", begin + 1));
		Map<String, String> rows = new LinkedHashMap<>();
		section.lines().map(ROW::matcher).filter(Matcher::matches).forEach((row) -> {
			assertThat(row.group(3)).as(row.group(1)).isNotBlank();
			rows.put(row.group(1), row.group(2));
		});
		return rows;
	}

	private static JsonNode read() {
		try (InputStream stream = WorkermanProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
