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

import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.github.workerman.gateway.Gateway;
import io.github.workerman.gateway.LocalGateway;
import io.github.workerman.handler.HandlerRegistry;
import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.frame.FrameProtocol;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.protocol.tcp.TcpProtocol;
import io.github.workerman.protocol.text.TextProtocol;
import io.github.workerman.protocol.udp.UdpProtocol;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.server.BroadcastConverter;
import io.github.workerman.server.ListenerDecorator;
import io.github.workerman.server.LoopSupervisor;
import io.github.workerman.server.ProtocolRegistry;
import io.github.workerman.server.ServerCustomizer;
import io.github.workerman.server.ServerDefinition;
import io.github.workerman.server.ServerEnvironment;
import io.github.workerman.server.ServerFactory;
import io.github.workerman.server.ServerLoops;
import io.github.workerman.server.ServerPortPublisher;
import io.github.workerman.server.TextOnlyMessageCodec;
import io.github.workerman.server.TlsBundles;
import io.github.workerman.server.WorkermanGracefulShutdownLifecycle;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.transport.Connections;
import io.github.workerman.transport.http.WebMount;
import reactor.netty.tcp.TcpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for socket servers with annotated
 * handlers.
 */
@AutoConfiguration(after = { SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class },
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass(TcpServer.class)
@ConditionalOnBooleanProperty(name = "workerman.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WorkermanProperties.class)
@Import({ BlockingExecutorConfiguration.class, JacksonConfiguration.class, WebMountConfiguration.class })
public final class WorkermanAutoConfiguration {

	WorkermanAutoConfiguration() {
	}

	/* Servers start by themselves, whoever asks for them. */
	@Bean
	static LazyInitializationExcludeFilter workermanLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(HandlerRegistry.class, WorkermanServerRegistry.class,
				WorkermanGracefulShutdownLifecycle.class);
	}

	@Bean
	@ConditionalOnMissingBean
	Connections workermanConnections() {
		return new Connections();
	}

	@Bean
	@ConditionalOnMissingBean(Gateway.class)
	LocalGateway workermanGateway(Connections connections, ObjectProvider<MessageCodec> messages) {
		return new LocalGateway(connections,
				new BroadcastConverter(messages.getIfAvailable(TextOnlyMessageCodec::new)));
	}

	@Bean
	@Order(0)
	ListenerDecorator workermanGatewayDecorator(ObjectProvider<LocalGateway> gateway) {
		return (server, listener) -> {
			LocalGateway local = gateway.getIfAvailable();
			return (local != null) ? local.decorate(listener) : listener;
		};
	}

	@Bean
	@ConditionalOnMissingBean
	ProtocolRegistry workermanProtocolRegistry(ObjectProvider<Protocol> protocols) {
		return new ProtocolRegistry(List.of(new WebSocketProtocol(), new HttpProtocol(new WebSocketProtocol()),
				new TextProtocol(), new FrameProtocol(), new LengthFieldProtocol(), new DelimiterProtocol(),
				new TcpProtocol(), new UdpProtocol()), protocols.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerRegistry workermanHandlerRegistry(ConfigurableListableBeanFactory beanFactory,
			@Qualifier(BlockingExecutorConfiguration.BEAN_NAME) ObjectProvider<Executor> blockingExecutor) {
		// Made when the first handler needs it, and looked up no more than once.
		SingletonSupplier<Executor> executor = SingletonSupplier.of(blockingExecutor::getObject);
		return new HandlerRegistry(beanFactory,
				new HandlerServicesFactory(beanFactory).create((task) -> executor.obtain().execute(task)));
	}

	@Bean
	@ConditionalOnMissingBean
	LoopSupervisor workermanLoopSupervisor(WorkermanProperties properties) {
		return new LoopSupervisor(properties.getBlockedLoop().getThreshold());
	}

	@Bean
	@ConditionalOnMissingBean
	ServerLoops workermanServerLoops(WorkermanProperties properties, LoopSupervisor supervisor,
			ConfigurableListableBeanFactory beanFactory) {
		return new ServerLoops(properties.getTransport(),
				new ApplicationEventLoops(beanFactory, beanFactory.getBeanClassLoader()), supervisor);
	}

	@Bean
	@ConditionalOnMissingBean
	WebMount workermanWebMount() {
		return new WebMount();
	}

	@Bean
	@ConditionalOnMissingBean
	ServerEnvironment workermanServerEnvironment(ProtocolRegistry protocols, HandlerRegistry handlers,
			Connections connections, ServerLoops loops, WebMount mount, ApplicationContext context) {
		MessageCodec messages = context.getBeanProvider(MessageCodec.class).getIfAvailable(TextOnlyMessageCodec::new);
		List<ListenerDecorator> decorators = context.getBeanProvider(ListenerDecorator.class).orderedStream().toList();
		List<ServerCustomizer> customizers = context.getBeanProvider(ServerCustomizer.class).orderedStream().toList();
		SslBundles bundles = context.getBeanProvider(SslBundles.class).getIfAvailable();
		return new ServerEnvironment(protocols, handlers, messages, connections, loops, decorators, customizers,
				context, (bundles != null) ? new SslTlsBundles(bundles) : TlsBundles.none(), mount);
	}

	@Bean
	@ConditionalOnMissingBean
	ServerFactory workermanServerFactory(ServerEnvironment environment) {
		return ServerFactory.standard(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	WorkermanServerRegistry workermanServerRegistry(WorkermanProperties properties,
			ObjectProvider<ServerDefinition> definitions, ServerFactory factory, HandlerRegistry handlers,
			Environment environment) {
		new UnknownKeys(environment).check();
		List<ServerDefinition> all = Stream
			.concat(new PropertiesServerDefinitions(properties).get().stream(), definitions.orderedStream())
			.toList();
		return new WorkermanServerRegistry(all, factory, handlers);
	}

	@Bean
	WorkermanGracefulShutdownLifecycle workermanGracefulShutdownLifecycle(WorkermanServerRegistry registry) {
		return new WorkermanGracefulShutdownLifecycle(registry);
	}

	@Bean
	ServerPortPublisher workermanServerPortPublisher(ApplicationContext applicationContext) {
		return new ServerPortPublisher(applicationContext);
	}

	@Bean
	@ConditionalOnNotWebApplication
	RefusingTrafficPublisher workermanRefusingTrafficPublisher(ApplicationContext applicationContext) {
		return new RefusingTrafficPublisher(applicationContext);
	}

}
