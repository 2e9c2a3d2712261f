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

package io.github.workerman.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ManagedConnection;

import org.springframework.util.ReflectionUtils;

/**
 * Joins a method, its bean and the readers of its arguments to one method handle of type
 * {@code (ManagedConnection,Object)Object}, so that a call needs no array, no lookup and
 * no reflection.
 */
final class CallBinder {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private static final MethodType SHAPE = MethodType.methodType(Object.class, ManagedConnection.class, Object.class);

	private static final MethodHandle READ = find(ArgumentReader.class, "read",
			MethodType.methodType(Object.class, Connection.class, Object.class));

	private static final MethodHandle GET = find(Supplier.class, "get", MethodType.methodType(Object.class));

	private CallBinder() {
	}

	/**
	 * Binds a method of a bean that exists once.
	 */
	static MethodHandle bind(Method method, Object bean, List<ArgumentReader> readers) {
		MethodHandle target = unreflect(method);
		return join(isStatic(method) ? target : target.bindTo(bean), readers);
	}

	/**
	 * Binds a method of a bean that is asked for with each call.
	 */
	static MethodHandle bind(Method method, Supplier<Object> bean, List<ArgumentReader> readers) {
		MethodHandle target = unreflect(method);
		if (isStatic(method)) {
			return join(target, readers);
		}
		MethodHandle receiver = GET.bindTo(bean).asType(MethodType.methodType(target.type().parameterType(0)));
		return join(MethodHandles.collectArguments(target, 0, receiver), readers);
	}

	private static MethodHandle join(MethodHandle target, List<ArgumentReader> readers) {
		MethodHandle joined = target;
		int position = 0;
		int[] order = new int[readers.size() * 2];
		int taken = 0;
		for (ArgumentReader reader : readers) {
			Class<?> type = joined.type().parameterType(position);
			if (reader instanceof BuiltInReader builtIn) {
				boolean connection = builtIn == BuiltInReader.CONNECTION;
				joined = joined.asType(joined.type()
					.changeParameterType(position, connection ? ManagedConnection.class : Object.class));
				order[taken++] = connection ? 0 : 1;
				position++;
			}
			else {
				MethodHandle read = READ.bindTo(reader).asType(SHAPE.changeReturnType(type));
				joined = MethodHandles.collectArguments(joined, position, read);
				order[taken++] = 0;
				order[taken++] = 1;
				position += 2;
			}
		}
		int[] reorder = java.util.Arrays.copyOf(order, taken);
		MethodHandle exact = joined.asType(joined.type().changeReturnType(Object.class));
		return MethodHandles.permuteArguments(exact, SHAPE, reorder);
	}

	private static boolean isStatic(Method method) {
		return Modifier.isStatic(method.getModifiers());
	}

	private static MethodHandle unreflect(Method method) {
		try {
			ReflectionUtils.makeAccessible(method);
			return LOOKUP.unreflect(method);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Method " + method + " cannot be called", ex);
		}
	}

	private static MethodHandle find(Class<?> type, String name, MethodType methodType) {
		try {
			return LOOKUP.findVirtual(type, name, methodType);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
