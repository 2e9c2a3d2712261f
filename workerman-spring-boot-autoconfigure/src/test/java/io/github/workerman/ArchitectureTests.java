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

package io.github.workerman;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.netty.channel.ChannelHandler;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The architecture that {@code docs/architecture.md} draws, as rules.
 */
class ArchitectureTests extends ArchitectureFixture {

	/** What each package may use of the others; nobody may use {@code autoconfigure}. */
	private static final Map<String, List<String>> PACKAGES = Map.ofEntries(Map.entry("annotation", List.of()),
			Map.entry("connection", List.of()), Map.entry("connection.spi", List.of("connection")),
			Map.entry("protocol", List.of("connection")),
			Map.entry("http", List.of("connection", "connection.spi", "resource")),
			Map.entry("execution", List.of("connection", "connection.spi")), Map.entry("resource", List.of()),
			Map.entry("gateway", List.of("connection", "connection.spi")),
			Map.entry("handler",
					List.of("annotation", "connection", "connection.spi", "protocol", "execution", "http", "resource")),
			Map.entry("transport.tls", List.of("connection", "protocol")),
			Map.entry("transport.limit", List.of("connection")),
			Map.entry("transport",
					List.of("connection", "connection.spi", "protocol", "http", "transport.limit", "transport.tls")),
			Map.entry("transport.http",
					List.of("connection", "connection.spi", "protocol", "http", "resource", "transport",
							"transport.limit", "transport.tls")),
			Map.entry("transport.udp", List.of("connection", "connection.spi", "protocol", "transport")),
			Map.entry("server",
					List.of("connection", "connection.spi", "protocol", "execution", "handler", "transport",
							"transport.http", "transport.limit", "transport.tls", "transport.udp", "http", "resource",
							"gateway")),
			Map.entry("metrics", List.of("connection", "connection.spi", "protocol", "handler", "server")),
			Map.entry("actuate", List.of("connection", "connection.spi", "gateway", "handler", "server")),
			Map.entry("autoconfigure",
					List.of("annotation", "connection", "connection.spi", "protocol", "execution", "http", "resource",
							"gateway", "handler", "transport", "transport.http", "transport.limit", "transport.tls",
							"transport.udp", "server", "metrics", "actuate")));

	/** Packages whose sub-packages are listed of their own. */
	private static final Set<String> PARENTS = Set.of("connection", "transport");

	@Test
	void everyClassBelongsToAKnownPackage() {
		check(classes().should()
			.resideInAnyPackage(PACKAGES.keySet().stream().map(ArchitectureTests::layer).toArray(String[]::new)));
	}

	@Test
	void packagesUseOnlyThoseOfLowerLevels() {
		Architectures.LayeredArchitecture architecture = Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true);
		for (String name : PACKAGES.keySet()) {
			architecture = architecture.layer(name).definedBy(layer(name));
		}
		for (Map.Entry<String, List<String>> entry : PACKAGES.entrySet()) {
			String[] used = entry.getValue().toArray(String[]::new);
			architecture = (used.length > 0) ? architecture.whereLayer(entry.getKey()).mayOnlyAccessLayers(used)
					: architecture.whereLayer(entry.getKey()).mayNotAccessAnyLayer();
		}
		check(architecture);
	}

	@Test
	void packagesHaveNoCycles() {
		check(SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles(),
				noClasses().that()
					.resideInAPackage(ROOT + "protocol")
					.should()
					.dependOnClassesThat()
					.resideInAPackage(ROOT + "protocol.*..")
					.because("the interface does not know its implementations"),
				SlicesRuleDefinition.slices().matching(ROOT + "protocol.(*)..").should().notDependOnEachOther());
	}

	@Test
	void onlyTransportUsesReactorNettyAndChannels() {
		check(noClasses().that(areOutside("transport", "autoconfigure"))
			.and()
			.doNotHaveFullyQualifiedName(ROOT + "server.ServerCustomizer")
			.should()
			.dependOnClassesThat(resideInAnyPackage("reactor.netty..", "io.netty.channel..", "io.netty.bootstrap..",
					"io.netty.handler..", "io.netty.resolver..")),
				noClasses().that(areOutside("transport", "autoconfigure", "protocol", "handler"))
					.and()
					.doNotHaveFullyQualifiedName(ROOT + "server.ServerCustomizer")
					.should()
					.dependOnClassesThat()
					.resideInAPackage("io.netty.."),
				noClasses().that()
					.resideInAPackage(ROOT + "handler..")
					.should()
					.dependOnClassesThat(resideInAPackage("io.netty..").and(
							describe("are not ByteBuf", (type) -> !type.getName().equals("io.netty.buffer.ByteBuf")))));
	}

	@Test
	void onlyLeavesUseSpringBoot() {
		check(noClasses().that(areOutside("autoconfigure", "actuate"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot.."));
	}

	@Test
	void onlyMetricsUsesMicrometer() {
		check(noClasses().that(areOutside("autoconfigure", "metrics"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer.."));
	}

	@Test
	void optionalJacksonStaysWhereMessagesAreBound() {
		check(noClasses().that()
			.resideInAnyPackage(below("annotation", "connection", "execution", "transport", "server", "metrics"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
	}

	@Test
	void publicSignaturesOfProtocolsKnowOnlyByteBufOfNetty() {
		check(methods().that()
			.areDeclaredInClassesThat()
			.resideInAPackage(ROOT + "protocol..")
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.and()
			.arePublic()
			.should()
			.notHaveRawReturnType(nettyTypesOtherThanByteBuf())
			.andShould(notHaveRawParameterTypes(nettyTypesOtherThanByteBuf())));
	}

	@Test
	void channelHandlersHoldNoSpringType() {
		check(noFields().that()
			.areDeclaredInClassesThat()
			.areAssignableTo(ChannelHandler.class)
			.should()
			.haveRawType(resideInAPackage("org.springframework..")));
	}

	@Test
	void handlersAndExecutionStartNoThreads() {
		check(noClasses().that()
			.resideInAnyPackage(layer("handler"), layer("execution"))
			.should()
			.callConstructorWhere(JavaCall.Predicates
				.target(AccessTarget.Predicates.declaredIn(assignableTo(Thread.class).or(jdkExecutors()))))
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Executors.class)
			.orShould()
			.callMethodWhere(JavaCall.Predicates.target(AccessTarget.Predicates.declaredIn(Schedulers.class)
				.and(describe("make a scheduler", (target) -> target.getName().startsWith("new"))))));
	}

	@Test
	void nothingBlocksAnEventLoop() {
		check(noClasses().that()
			.resideInAnyPackage(below("transport", "execution", "handler"))
			.should()
			.callMethodWhere(blocks().or(sleeps())),
				noMethods().that()
					.areDeclaredInClassesThat()
					.resideInAnyPackage(below("transport", "execution", "handler"))
					.should()
					.haveModifier(JavaModifier.SYNCHRONIZED));
	}

	@Test
	void everyPackageOfTheMapIsKnownToItself() {
		assertThat(PACKAGES.values().stream().flatMap(List::stream)).isSubsetOf(PACKAGES.keySet());
	}

	private static String layer(String name) {
		return ROOT + name + (PARENTS.contains(name) ? "" : "..");
	}

	private static String[] below(String... names) {
		return Arrays.stream(names).map((name) -> ROOT + name + "..").toArray(String[]::new);
	}

	private static DescribedPredicate<JavaClass> areOutside(String... names) {
		return DescribedPredicate.not(resideInAnyPackage(below(names))).as("are outside " + String.join(", ", names));
	}

	private static DescribedPredicate<JavaClass> nettyTypesOtherThanByteBuf() {
		return resideInAnyPackage("io.netty..", "reactor.netty..")
			.and(describe("other than ByteBuf", (type) -> !type.getName().equals("io.netty.buffer.ByteBuf")));
	}

	private static ArchCondition<JavaMethod> notHaveRawParameterTypes(DescribedPredicate<JavaClass> predicate) {
		return new ArchCondition<>("not have parameters that " + predicate.getDescription()) {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				method.getRawParameterTypes()
					.stream()
					.filter(predicate)
					.forEach((type) -> events.add(SimpleConditionEvent.violated(method,
							method.getDescription() + " takes " + type.getName())));
			}

		};
	}

	private static DescribedPredicate<JavaClass> jdkExecutors() {
		return resideInAPackage("java.util.concurrent").and(assignableTo(Executor.class));
	}

}
