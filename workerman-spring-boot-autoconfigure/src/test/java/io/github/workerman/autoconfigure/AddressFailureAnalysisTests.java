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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.workerman.autoconfigure.TestApplication.Application;
import io.github.workerman.transport.EndpointBindException;
import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.TransportUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.workerman.autoconfigure.TestApplication.arguments;
import static io.github.workerman.autoconfigure.TestApplication.awaitThreads;
import static io.github.workerman.autoconfigure.TestApplication.fails;
import static io.github.workerman.autoconfigure.TestApplication.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What is said when a server cannot listen where it is to.
 */
@ExtendWith(OutputCaptureExtension.class)
class AddressFailureAnalysisTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1" })
	void whenServersShareAPortThenBothAreNamed(String address, CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=7272",
				"workerman.servers.chat.address=127.0.0.1", "workerman.servers.push.protocol=text",
				"workerman.servers.push.port=7272", "workerman.servers.push.address=" + address);
		assertThat(output).contains("Server 'push' listens on port 7272, as server 'chat' does.")
			.contains("Property: workerman.servers.push.port")
			.contains("Give each server a port of its own, or different addresses.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "nio" })
	void whenPortIsInUseThenItIsSaid(String transport, CapturedOutput output) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.transport=" + transport,
					"workerman.servers.chat.address=127.0.0.1", "workerman.servers.chat.port=" + socket.getLocalPort());
			assertThat(output)
				.contains("Server 'chat' cannot listen on 127.0.0.1:" + socket.getLocalPort()
						+ ": the port is already in use.")
				.contains("Property: workerman.servers.chat.port")
				.contains("Stop what listens on port " + socket.getLocalPort());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "nio" })
	void whenAddressIsOfAnotherMachineThenItIsSaid(String transport, CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=192.0.2.1", "workerman.transport=" + transport);
		assertThat(output)
			.contains("Server 'chat' cannot listen on 192.0.2.1:0: the address does not belong to this machine.")
			.contains("Property: workerman.servers.chat.address")
			.contains("Set 'workerman.servers.chat.address' to an address of this machine");
	}

	@Test
	void whenAFileIsInTheSocketsPlaceThenItIsSaid(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path file = Files.writeString(directory.resolve("chat.sock"), "precious");
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.address=unix:" + file);
		assertThat(output)
			.contains("Server 'chat' cannot listen on unix:" + file + ": a file that is no socket is in its place.")
			.contains("Property: workerman.servers.chat.address")
			.contains("Value:    unix:" + file)
			.contains("Remove the file if nobody needs it");
		assertThat(file).hasContent("precious");
	}

	@Test
	void whenTwoServersHaveTheSameSocketThenItIsSaid(@TempDir Path directory, CapturedOutput output) {
		fails(Application.class, "workerman.defaults.protocol=text",
				"workerman.servers.chat.address=unix:" + directory + "/s",
				"workerman.servers.push.address=unix:" + directory + "/s");
		assertThat(output).contains("listens on " + directory + "/s, as server '")
			.contains("Give each server a socket of its own.");
	}

	@Test
	void whenASocketHasAPortThenItIsSaid(CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=unix:/run/chat.sock");
		assertThat(output).contains("Server 'chat' has a port besides a Unix domain socket.")
			.contains("Property: workerman.servers.chat.port")
			.contains("Remove the port, or use an IP address.");
	}

	@Test
	void whenPathIsRelativeThenItIsSaid(CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text",
				"workerman.servers.chat.address=unix:chat.sock");
		assertThat(output).contains("Server 'chat' has a Unix domain socket at 'chat.sock'.")
			.contains("Value:    unix:chat.sock")
			.contains("Use an absolute path");
	}

	@Test
	void whenAddressIsNotKnownThenItIsSaid(CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=1.2.3.4.5:x");
		assertThat(output).contains("Server 'chat' has address '1.2.3.4.5:x', which is not known.")
			.contains("Property: workerman.servers.chat.address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "nio" })
	void whenLinkLocalAddressHasNoInterfaceThenOnesAreListed(String transport, CapturedOutput output)
			throws IOException {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=fe80::a:b:c:1", "workerman.transport=" + transport);
		assertThat(output)
			.contains("Server 'chat' cannot listen on [fe80::a:b:c:1]:0: the address is valid on each network")
			.contains("Property: workerman.servers.chat.address")
			.contains("Value:    fe80::a:b:c:1")
			.contains("Append the network interface to 'workerman.servers.chat.address', for instance fe80::1%eth0.")
			.contains(loopback());
	}

	@Test
	void whenInterfaceOfAddressDoesNotExistThenOnesAreListed(CapturedOutput output) throws IOException {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=fe80::1%nope");
		assertThat(output).contains("Server 'chat' has address 'fe80::1%nope', whose network interface does not exist.")
			.contains("Property: workerman.servers.chat.address")
			.contains("Use one of this machine behind the percent sign: ")
			.contains(loopback());
	}

	@Test
	void whenMulticastInterfaceDoesNotExistThenOnesAreListed(CapturedOutput output) throws IOException {
		fails(Application.class, "workerman.servers.chat.protocol=udp", "workerman.servers.chat.port=0",
				"workerman.servers.chat.udp.multicast-groups=239.1.2.3",
				"workerman.servers.chat.udp.multicast-interface=nope");
		assertThat(output)
			.contains("Server 'chat' joins multicast groups on network interface 'nope', which does not exist.")
			.contains("Property: workerman.servers.chat.udp.multicast-interface")
			.contains("Value:    nope")
			.contains("Use one of this machine (")
			.contains(loopback());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "239.1.2.3,ff15::1; ''; joins 239.1.2.3 and ff15::1, of which one is IPv4 and the other IPv6.",
					"ff15::1,239.1.2.3; ''; joins ff15::1 and 239.1.2.3, of which one is IPv4 and the other IPv6.",
					"ff15::1; 127.0.0.1; joins ff15::1 while it listens on 127.0.0.1, of which one is IPv4",
					"10.0.0.1; ''; joins 10.0.0.1, which is no multicast group." })
	void whenGroupsDoNotFitThenTheyAreNamed(String groups, String address, String problem, CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=udp", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=" + address, "workerman.servers.chat.udp.multicast-groups=" + groups);
		assertThat(output).contains("Server 'chat' " + problem)
			.contains("Property: workerman.servers.chat.udp.multicast-groups")
			.contains("Value:    " + groups)
			.contains("Use groups of ");
	}

	@Test
	void whenGroupCannotBeJoinedThenPortIsNotToBlame() throws IOException {
		EndpointBindException failure = new EndpointBindException("chat",
				new InetSocketAddress(InetAddress.getByName("239.1.2.3"), 7272),
				EndpointBindException.Problem.GROUP_NOT_JOINED, new IOException("No such device"));
		FailureAnalysis analysis = new EndpointBindFailureAnalyzer(null).analyze(failure);
		assertThat(analysis.getDescription()).contains("Server 'chat' cannot join 239.1.2.3:7272: No such device.")
			.contains("Property: workerman.servers.chat.udp.multicast-groups")
			.contains("Value:    239.1.2.3");
		assertThat(analysis.getAction()).contains("udp.multicast-interface").contains(loopback());
	}

	@Test
	void whenPermissionIsDeniedThenPortIsNotSaidToBeInUse() {
		EndpointBindException failure = new EndpointBindException("chat",
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 80),
				EndpointBindException.Problem.PERMISSION_DENIED, new IOException("Permission denied"));
		FailureAnalysis analysis = new EndpointBindFailureAnalyzer(null).analyze(failure);
		assertThat(analysis.getDescription()).contains("the operating system does not permit it")
			.doesNotContain("in use")
			.contains("Value:    80");
		assertThat(analysis.getAction()).contains("workerman.servers.chat.port").contains("above 1023");
	}

	@Test
	void whenOneServerCannotStartThenNoneDoes(CapturedOutput output) throws IOException {
		List<Thread> before = awaitThreads();
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			// Unlike arguments, these are in a certain order, which is that of the start.
			Map<String, Object> properties = new LinkedHashMap<>();
			properties.put("workerman.servers.first.port", 0);
			properties.put("workerman.servers.second.port", socket.getLocalPort());
			SpringApplication application = TestApplication.of(Application.class);
			application.setDefaultProperties(properties);
			assertThatException().isThrownBy(() -> application
				.run(arguments("workerman.defaults.protocol=text", "workerman.defaults.address=127.0.0.1"))
				.close());
		}
		assertThat(output).contains("Server 'second' cannot listen");
		Matcher first = Pattern.compile("Server 'first' listens on 127\\.0\\.0\\.1:(\\d+)").matcher(output);
		assertThat(first.find()).isTrue();
		int port = Integer.parseInt(first.group(1));
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.getLocalPort()).isEqualTo(port);
		}
		assertThat(awaitThreads()).isSubsetOf(before);
	}

	@Test
	void whenTransportIsNotAvailableThenOthersAreListed() {
		FailureAnalysis analysis = new TransportUnavailableFailureAnalyzer()
			.analyze(new TransportUnavailableException(TransportKind.EPOLL, "its library is not on the class path"));
		assertThat(analysis.getDescription()).contains("'workerman.transport'")
			.contains("'epoll'")
			.contains("its library is not on the class path");
		assertThat(analysis.getAction()).contains("auto").contains("nio");
	}

	@Test
	void whenServerStartsThenOneLineTellsHowItIsReached(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(EchoApplication.class, "workerman.servers.chat.protocol=text",
				"workerman.servers.chat.port=0", "workerman.servers.chat.address=127.0.0.1",
				"workerman.transport=nio")) {
			int port = LineClient.portOf(context, "chat");
			assertThat(output.getOut()
				.lines()
				.filter((line) -> line.contains("io.github.workerman.server") || line.contains("i.g.workerman.server")))
				.singleElement()
				.asString()
				.contains(" INFO ")
				.endsWith("Server 'chat' listens on 127.0.0.1:" + port + " (text, 1 handler, nio)");
		}
	}

	private static String loopback() throws IOException {
		return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
	}

	@Configuration(proxyBeanMethods = false)
	static class EchoApplication extends Application {

		@Bean
		EchoHandlers echoHandlers() {
			return new EchoHandlers();
		}

	}

}
