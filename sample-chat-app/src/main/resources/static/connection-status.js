/* Says how the connection is, and when the next attempt to repair it comes. */

import { byId, setText } from "./dom.js";

const status = byId("status");
const trouble = byId("trouble");
const problemText = byId("problem");
const countdown = byId("countdown");

let ticking = null;

/**
 * @param {object} change what the connection told
 * @param {HTMLElement} fallback gets the focus when it is on the part that disappears
 */
export function showConnection({ state, problem, retryAt }, fallback) {
	const waiting = retryAt !== null;
	const repairing = waiting || (state === "connecting" && !trouble.hidden);
	status.dataset.state = state;
	setText(status, statusText(state, repairing));
	clearInterval(ticking);
	if (waiting) {
		setText(problemText, problem);
		showCountdown(retryAt);
		ticking = setInterval(() => showCountdown(retryAt), 250);
	}
	else if (repairing) {
		setText(countdown, "Trying now …");
	}
	else {
		setText(problemText, "");
		setText(countdown, "");
		if (trouble.contains(document.activeElement)) {
			fallback.focus();
		}
	}
	trouble.hidden = !repairing;
}

function showCountdown(retryAt) {
	setText(countdown, `Next try in ${Math.max(1, Math.ceil((retryAt - performance.now()) / 1000))} s.`);
}

/** The same text while waiting and trying, so that it is not announced again with each attempt. */
function statusText(state, repairing) {
	if (repairing) {
		return "Reconnecting";
	}
	return { online: "Online", connecting: "Connecting …", offline: "Not connected" }[state];
}
