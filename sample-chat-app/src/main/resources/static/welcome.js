/* The form that asks for the nickname, and the browser tab's memory of it. */

import { byId } from "./dom.js";

const form = byId("welcome");
const field = byId("nickname");
const error = byId("nickname-error");

/**
 * Asks for a nickname. After a reload of the page, the one in use is taken without asking.
 * @param {function(string)} chosen called with each valid nickname
 */
export function askForNickname(chosen) {
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const name = field.value.trim();
		if (isVisible(name)) {
			chosen(name);
		}
		else {
			showProblem("Please enter a nickname.");
			field.focus();
		}
	});
	field.value = recall("nickname") ?? "";
	if (recall("joined") === "true" && isVisible(field.value)
			&& performance.getEntriesByType("navigation")[0]?.type === "reload") {
		chosen(field.value);
	}
}

export function hideWelcome(nickname) {
	remember("nickname", nickname);
	remember("joined", "true");
	showProblem("");
	form.hidden = true;
}

export function showWelcome(problem) {
	remember("joined", "false");
	form.hidden = false;
	showProblem(problem);
	field.focus();
	field.select();
}

function showProblem(problem) {
	error.textContent = problem;
	if (problem) {
		field.setAttribute("aria-invalid", "true");
	}
	else {
		field.removeAttribute("aria-invalid");
	}
}

/** Invisible characters alone are no name. */
function isVisible(text) {
	return /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text);
}

function remember(key, value) {
	try {
		sessionStorage.setItem(`chat.${key}`, value);
	}
	catch (denied) {
		console.info("The nickname is not remembered, because the browser denies storage.", denied.name);
	}
}

function recall(key) {
	try {
		return sessionStorage.getItem(`chat.${key}`);
	}
	catch (denied) {
		console.info("No nickname is remembered, because the browser denies storage.", denied.name);
		return null;
	}
}
