/*
 * The way to the server: finds its port, opens the websocket, and when that breaks tries again by itself, later each
 * time, until close() is called.
 */

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
/** Time for the configuration, the handshake and the login together. */
const ATTEMPT_TIMEOUT = 10_000;
/** A connection that breaks sooner does not count as a success, so that the delays keep growing. */
const STABLE_AFTER = 10_000;

export class ChatConnection {

	#listener;

	/** The running attempt or connection; aborting it cancels the request and removes the socket's listeners. */
	#current = null;

	#socket = null;

	#timer = null;

	#failures = 0;

	#establishedAt = null;

	/**
	 * @param {object} listener opened(), received(text) and
	 * changed({state: "online"|"connecting"|"offline", problem: string|null, retryAt: number|null}), where retryAt is
	 * in milliseconds of performance.now()
	 */
	constructor(listener) {
		this.#listener = listener;
	}

	open() {
		this.#failures = 0;
		this.#attempt();
	}

	/** Ends the wait for the next attempt; does nothing in any other state. */
	retryNow() {
		if (this.#current === null && this.#timer !== null) {
			this.#attempt();
		}
	}

	/** Confirms that the server has accepted the login: only now the connection counts as online. */
	established() {
		if (this.#socket === null || this.#establishedAt !== null) {
			return;
		}
		clearTimeout(this.#timer);
		this.#timer = null;
		this.#establishedAt = performance.now();
		this.#change("online");
	}

	/** @returns {boolean} whether the message was handed to an open socket */
	send(message) {
		if (this.#socket?.readyState !== WebSocket.OPEN) {
			return false;
		}
		this.#socket.send(JSON.stringify(message));
		return true;
	}

	/** Gives the present connection up and tries again later. */
	fail(problem) {
		if (this.#current === null) {
			return;
		}
		const stable = this.#establishedAt !== null && performance.now() - this.#establishedAt >= STABLE_AFTER;
		this.#failures = stable ? 1 : this.#failures + 1;
		this.#discard();
		const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (this.#failures - 1));
		// Half of it random: after a restart of the server not all pages come back in the same instant.
		const delay = longest / 2 + Math.random() * longest / 2;
		this.#timer = setTimeout(() => this.#attempt(), delay);
		this.#change("offline", problem, performance.now() + delay);
	}

	close() {
		this.#discard();
		this.#change("offline");
	}

	async #attempt() {
		this.#discard();
		const attempt = new AbortController();
		this.#current = attempt;
		this.#timer = setTimeout(() => this.fail("The server did not answer in time."), ATTEMPT_TIMEOUT);
		this.#change("connecting");
		try {
			const url = await websocketUrl(attempt.signal);
			if (!attempt.signal.aborted) {
				this.#connect(url, attempt.signal);
			}
		}
		catch (error) {
			if (!attempt.signal.aborted) {
				this.fail(error.message);
			}
		}
	}

	#connect(url, signal) {
		const socket = new WebSocket(url);
		this.#socket = socket;
		socket.addEventListener("open", () => this.#listener.opened(), { signal });
		socket.addEventListener("message", (event) => this.#listener.received(event.data), { signal });
		socket.addEventListener("close", (event) => this.fail(this.#describe(event, url)), { signal });
	}

	#describe(event, url) {
		if (event.code !== 1006) {
			const reason = event.reason ? `${event.code}: ${event.reason}` : event.code;
			return `The server closed the connection (${reason}).`;
		}
		return (this.#establishedAt !== null) ? "The connection to the server was lost."
			: `The chat server at ${url} cannot be reached.`;
	}

	#discard() {
		clearTimeout(this.#timer);
		this.#timer = null;
		this.#current?.abort();
		this.#current = null;
		this.#socket?.close();
		this.#socket = null;
		this.#establishedAt = null;
	}

	#change(state, problem = null, retryAt = null) {
		this.#listener.changed({ state, problem, retryAt });
	}

}

/** Asked anew for each attempt: after a restart the server may listen elsewhere. */
async function websocketUrl(signal) {
	let response;
	try {
		response = await fetch("config.json", { cache: "no-store", signal });
	}
	catch (error) {
		throw new Error("The chat's configuration (config.json) cannot be loaded: its server is not reachable.",
				{ cause: error });
	}
	if (!response.ok) {
		throw new Error(`The chat's configuration (config.json) cannot be loaded: HTTP status ${response.status}.`);
	}
	let port;
	try {
		port = (await response.json()).websocketPort;
	}
	catch (error) {
		throw new Error("The chat's configuration (config.json) is not readable.", { cause: error });
	}
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		throw new Error("The chat's configuration (config.json) names no usable websocketPort.");
	}
	return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.hostname}:${port}/`;
}
