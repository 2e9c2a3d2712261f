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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Condition;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every class keeps to, wherever it stands, as rules.
 */
class ConventionTests extends ArchitectureFixture {

	@Test
	void autoConfigurationsShowNothing() {
		check(classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL),
				noMethods().that()
					.areDeclaredInClassesThat()
					.areAnnotatedWith(AutoConfiguration.class)
					.should()
					.bePublic(),
				noFields().that()
					.areDeclaredInClassesThat()
					.areAnnotatedWith(AutoConfiguration.class)
					.should()
					.bePublic(),
				classes().that()
					.areAssignableTo(Condition.class)
					.or()
					.areAssignableTo(FailureAnalyzer.class)
					.should()
					.notBePublic());
	}

	@Test
	void testsWaitForEventsOnly() {
		noClasses().should().callMethodWhere(sleeps()).check(TESTS);
		noClasses().that()
			.haveSimpleNameNotContaining("Block")
			.should()
			.callMethodWhere(blocks()
				.and(describe("without a time limit", (call) -> call.getTarget().getRawParameterTypes().isEmpty())))
			.check(TESTS);
	}

	@Test
	void everyPackageIsNullMarked() {
		List<String> unmarked = MAIN.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((type) -> !type.isAnnotatedWith(NullMarked.class))
			.map((type) -> type.getName())
			.toList();
		assertThat(unmarked).as("packages without @NullMarked").isEmpty();
	}

	@Test
	void propertiesOnlyGetAndSet() {
		DescribedPredicate<JavaClass> properties = describe("properties classes",
				(type) -> isProperties(type.getName().replaceAll("\\$.*", "")));
		check(methods().that()
			.areDeclaredInClassesThat(properties)
			.and()
			.arePublic()
			.should()
			.haveNameMatching("(get|set|is)[A-Z].*|valueOf|values"),
				noFields().that()
					.areDeclaredInClassesThat(properties)
					.and()
					.areNotStatic()
					.should()
					.haveRawType(long.class)
					.orShould()
					.haveRawType(Long.class)
					.because("a Duration or DataSize carries its unit"));
	}

	@Test
	void annotationsAreVisibleAtRunTime() {
		check(classes().that()
			.resideInAPackage(ROOT + "annotation")
			.and()
			.areAnnotations()
			.should()
			.beAnnotatedWith(Target.class)
			.andShould()
			.beAnnotatedWith(describe("@Retention(RUNTIME)", ConventionTests::isRuntimeRetention)));
	}

	@Test
	void nothingKeepsStaticState() {
		check(fields().that().areStatic().should().beFinal(),
				noFields().that().areStatic().should(new ArchCondition<>("hold something that changes") {

					@Override
					public void check(JavaField field, ConditionEvents events) {
						JavaClass type = field.getRawType();
						boolean changing = type.getPackageName().equals("java.util.concurrent.atomic")
								|| (type.getPackageName().equals("java.util.concurrent")
										&& (type.isAssignableTo(Map.class) || type.isAssignableTo(Collection.class)));
						boolean updater = type.getName().endsWith("FieldUpdater");
						events.add(new SimpleConditionEvent(field, changing && !updater, field.getDescription()));
					}

				}).because("two application contexts in one JVM never meet"));
	}

	@Test
	void namesSayTheRole() {
		check(noClasses().should()
			.haveSimpleNameEndingWith("Impl")
			.orShould()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.orShould()
			.haveSimpleNameEndingWith("Manager"));
	}

	private static boolean isProperties(String name) {
		return name.endsWith("Properties") && name.startsWith(ROOT + "autoconfigure");
	}

	private static boolean isRuntimeRetention(JavaAnnotation<?> annotation) {
		return annotation.getRawType().isEquivalentTo(Retention.class)
				&& annotation.as(Retention.class).value() == RetentionPolicy.RUNTIME;
	}

}
