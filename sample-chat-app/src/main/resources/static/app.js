/* The chat: what the user does becomes messages to the server, what the server says becomes lines on the page. */

import { ChatConnection } from "./connection.js";
import { showConnection } from "./connection-status.js";
import { byId, setText } from "./dom.js";
import { MessageLog } from "./message-log.js";
import { EVERYONE, UserList } from "./user-list.js";
import { askForNickname, hideWelcome, showWelcome } from "./welcome.js";

/** A message to everyone comes back to its sender; when it does not in this time, the connection is dead. */
const ECHO_TIMEOUT = 15_000;
const TITLE = document.title;

const messageField = byId("message");
const sendButton = byId("send");
const hint = byId("hint");
const peopleToggle = byId("people-toggle");

const log = new MessageLog();
const users = new UserList(() => {
	showPeople(false);
	messageField.focus();
}, () => renderComposer());
const connection = new ChatConnection({ opened, received: (text) => received(text), changed });

/** The nickname while joined, else null. */
let nickname = null;
let ownUid = null;
let state = "offline";
/** Whether this visit has been online; a later connection is then a reconnection. */
let wasOnline = false;
let clockOffset = 0;
let unread = 0;
let echoTimer = null;
/** Messages to everyone whose echo has not come yet, oldest first. */
let unconfirmed = [];

// --- joining and leaving

function join(name) {
	nickname = name;
	hideWelcome(name);
	showChat(true);
	messageField.focus();
	connection.open();
}

function leave() {
	askAgain("");
	wasOnline = false;
	log.clear();
	messageField.value = "";
	renderRemaining();
}

/** Back to the question for the nickname; what was said so far stays. */
function askAgain(problem) {
	nickname = null;
	connection.close();
	forgetUnconfirmed();
	users.clear();
	showChat(false);
	showWelcome(problem);
}

function showChat(shown) {
	for (const id of ["chat", "people", "people-toggle", "leave"]) {
		byId(id).hidden = !shown;
	}
	document.body.classList.toggle("joined", shown);
	showPeople(false);
}

// --- the connection

function opened() {
	ownUid = null;
	connection.send({ type: "login", name: nickname });
}

function changed(change) {
	const lost = state === "online" && change.state === "offline" && nickname !== null;
	state = change.state;
	if (lost) {
		connectionLost(change.problem);
	}
	else if (state === "online") {
		if (wasOnline) {
			systemNotice("The connection is back.");
		}
		wasOnline = true;
	}
	showConnection(change, messageField);
	renderComposer();
}

function connectionLost(problem) {
	systemNotice(problem, true);
	for (const content of unconfirmed) {
		systemNotice(`This message may not have arrived: ${content}`, true);
	}
	if (messageField.value === "" && unconfirmed.length > 0) {
		messageField.value = unconfirmed.at(-1);
	}
	forgetUnconfirmed();
}

function received(text) {
	let message;
	try {
		message = JSON.parse(text);
	}
	catch (error) {
		console.warn("Ignored a message that is not JSON.", error.message);
		return;
	}
	const handler = Object.hasOwn(handlers, message?.type) ? handlers[message.type] : null;
	if (handler !== null) {
		handler(message);
	}
}

const handlers = {

	user_list({ user_list: list }) {
		if (!Array.isArray(list) || list.length === 0) {
			return;
		}
		// The list comes before our own login message, and the newcomer is its last entry.
		ownUid ??= list.at(-1).uid;
		users.replace(list.map(({ uid, name }) => ({ uid, name: String(name) })), ownUid);
		connection.established();
	},

	login({ uid, name, time }) {
		followClock(time);
		users.add(uid, String(name), uid === ownUid);
		log.notice({ kind: "join", author: users.nameOf(uid), content: "joined", time: String(time) });
	},

	say({ from_uid: uid, to_uid: to, content, time }) {
		followClock(time);
		const own = uid === ownUid;
		const secret = to !== EVERYONE;
		if (own && !secret) {
			confirmOldest();
		}
		log.message({ kind: secret ? "private" : "say", uid, author: users.nameOf(uid), content: String(content),
				time: String(time), own, tag: secret ? "private, to you" : null });
		countUnread();
	},

	logout({ uid, time }) {
		followClock(time);
		const name = users.remove(uid);
		if (name !== undefined) {
			log.notice({ kind: "leave", author: name, content: "left", time: String(time) });
		}
	},

	error({ code, message }) {
		const text = String(message ?? code ?? "The server reported an error.");
		if (ownUid === null) {
			askAgain(text);
			return;
		}
		confirmOldest();
		systemNotice(text, true);
	}

};

function systemNotice(content, error = false) {
	log.notice({ kind: "system", author: error ? "Problem:" : "Notice:", content, time: now(), error });
}

/** The server's times carry no zone; the page's own lines must fit between them. */
function followClock(time) {
	const millis = Date.parse(String(time).replace(" ", "T"));
	if (!Number.isNaN(millis)) {
		clockOffset = millis - Date.now();
	}
}

function now() {
	const date = new Date(Date.now() + clockOffset);
	const two = (number) => String(number).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
			+ ` ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

// --- sending

function send() {
	const content = messageField.value;
	const recipient = users.recipient;
	if (!sendButton.disabled && content.trim() !== "" && deliver(recipient, content)) {
		messageField.value = "";
		renderRemaining();
	}
	messageField.focus();
}

function deliver(recipient, content) {
	if (!connection.send({ type: "say", to_uid: recipient.uid, content })) {
		return false;
	}
	if (recipient.uid === EVERYONE) {
		unconfirmed.push(content);
		expectEcho();
	}
	else {
		// The server sends a private message to its recipient only.
		log.message({ kind: "private", uid: ownUid, author: users.nameOf(ownUid), content, time: now(), own: true,
				tag: `private, to ${recipient.name}` });
	}
	return true;
}

function confirmOldest() {
	unconfirmed.shift();
	expectEcho();
}

function forgetUnconfirmed() {
	unconfirmed = [];
	expectEcho();
}

function expectEcho() {
	clearTimeout(echoTimer);
	if (unconfirmed.length > 0) {
		echoTimer = setTimeout(() => connection.fail("The server does not answer any more."), ECHO_TIMEOUT);
	}
}

// --- what the page shows

function renderComposer() {
	const recipient = users.recipient;
	const blocked = state !== "online" ? "Offline: sending is off until the connection is back."
		: recipient === null ? "The recipient has left. Choose another one to send."
		: "";
	if (blocked && document.activeElement === sendButton) {
		messageField.focus();
	}
	sendButton.disabled = blocked !== "";
	const secret = recipient?.uid !== EVERYONE;
	byId("composer").classList.toggle("secret", secret);
	setText(hint, blocked || (secret ? `Only ${recipient.name} will see this.` : ""));
}

/** Says once more why nothing was sent: a changed text is announced again, also when the change cannot be seen. */
function repeatHint() {
	const text = hint.textContent;
	hint.textContent = text.endsWith("\u00a0") ? text.slice(0, -1) : `${text}\u00a0`;
}

function renderRemaining() {
	const remaining = messageField.maxLength - messageField.value.length;
	setText(byId("remaining"), (remaining < 200) ? `${remaining} characters left` : "");
}

function showPeople(shown) {
	document.body.classList.toggle("people-open", shown);
	peopleToggle.setAttribute("aria-expanded", String(shown));
}

function countUnread() {
	if (document.hidden) {
		unread++;
		document.title = `(${unread}) ${TITLE}`;
	}
}

// --- what the user does

byId("leave").addEventListener("click", () => leave());

byId("retry").addEventListener("click", () => connection.retryNow());

byId("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	send();
});

// A tap on the button keeps the focus, and with it a phone's keyboard, in the field.
sendButton.addEventListener("mousedown", (event) => event.preventDefault());

messageField.addEventListener("keydown", (event) => {
	// While an input method composes, Enter picks its suggestion; Safari marks that with key code 229 only.
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
		event.preventDefault();
		if (sendButton.disabled) {
			repeatHint();
		}
		else {
			send();
		}
	}
});

messageField.addEventListener("input", renderRemaining);

peopleToggle.addEventListener("click", () => {
	const shown = !document.body.classList.contains("people-open");
	showPeople(shown);
	if (shown) {
		byId("people-title").focus();
	}
});

document.addEventListener("keydown", (event) => {
	if (event.key === "Escape" && document.body.classList.contains("people-open")) {
		showPeople(false);
		peopleToggle.focus();
	}
});

// The network, or the user, is back: waiting any longer helps nobody.
window.addEventListener("online", () => connection.retryNow());

document.addEventListener("visibilitychange", () => {
	if (!document.hidden) {
		unread = 0;
		document.title = TITLE;
		connection.retryNow();
	}
});

askForNickname(join);
