// Two users chat through the npm package "ws". Prints one line per message; ends by itself or with a status.
// Usage: node chat.cjs URL

const WebSocket = require("ws");

const url = process.argv[2];
setTimeout(() => fail("no end after 20 s"), 20_000).unref();

function fail(problem) {
	console.error(problem);
	process.exit(1);
}

/** Logs in and hands over each message as an object. */
function join(name, received) {
	const socket = new WebSocket(url, { origin: "http://localhost:55151" });
	socket.on("error", (error) => fail(`${name}: ${error}`));
	socket.on("close", (code) => console.log(`${name} closed ${code}`));
	socket.on("message", (data, isBinary) => {
		if (isBinary) {
			fail(`${name}: binary message`);
		}
		const message = JSON.parse(data);
		console.log(name, message.type, message.content ?? message.name ?? "");
		received(message, socket);
	});
	socket.on("open", () => socket.send(JSON.stringify({ type: "login", name })));
	return socket;
}

const ann = join("ann", (message) => {
	if (message.type === "login" && message.name === "ann") {
		const bob = join("bob", (message, socket) => {
			if (message.type === "login") {
				// In three frames, with a ping between them.
				socket.send("{\"type\":\"say\",\"to_uid\":\"all\",", { fin: false });
				socket.send("\"content\":\"Grüße ", { fin: false });
				socket.ping("are you there?");
				socket.send("👋\"}", { fin: true });
			}
			if (message.type === "logout") {
				socket.close(1000);
			}
		});
		bob.on("pong", (data) => console.log("bob pong", data.toString()));
	}
	if (message.type === "say") {
		ann.send(JSON.stringify({ type: "say", to_uid: message.from_uid, content: "x".repeat(2000) }));
		ann.close(1000, "bye");
	}
});
