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

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;

/**
 * The classes of the project, and what the rules about them have in common.
 */
abstract class ArchitectureFixture {

	static final String ROOT = "io.github.workerman.";

	/** Told apart by directory, whatever the build directory is called. */
	private static final ImportOption ONLY_TESTS = (location) -> location.contains("/test-classes/");

	static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption((location) -> !ONLY_TESTS.includes(location))
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
		.importPackages("io.github.workerman");

	static final JavaClasses TESTS = new ClassFileImporter().withImportOption(ONLY_TESTS)
		.importPackages("io.github.workerman");

	static void check(ArchRule... rules) {
		CompositeArchRule.of(List.of(rules)).check(MAIN);
	}

	static DescribedPredicate<JavaCall<?>> blocks() {
		return JavaCall.Predicates
			.target(AccessTarget.Predicates.declaredIn(assignableTo(Mono.class).or(assignableTo(Flux.class)))
				.and(describe("block", (target) -> target.getName().startsWith("block"))));
	}

	static DescribedPredicate<JavaCall<?>> sleeps() {
		return JavaCall.Predicates.target(describe("sleep", (target) -> target.getName().equals("sleep")));
	}

}
