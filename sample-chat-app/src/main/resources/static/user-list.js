/* Who is there, and who of them is written to: the list of people and the choice of the recipient. */

import { avatar, byId, element, setText } from "./dom.js";

export const EVERYONE = "all";

export class UserList {

	#list = byId("users");

	#select = byId("recipient");

	#counts = document.querySelectorAll(".people-count");

	/** By uid as text: uid as received, name, list item, label and, except for ourselves, button and option. */
	#users = new Map();

	/** The uids, as text, that share a name. */
	#namesakes = new Map();

	/** The chosen recipient, after leaving. */
	#gone = null;

	/** The button of the chosen recipient. */
	#pressed;

	#changed;

	/**
	 * @param {function} picked called when the user chose somebody in the list of people
	 * @param {function} changed called when the recipient is another one, or has left
	 */
	constructor(picked, changed) {
		this.#changed = changed;
		this.#select.addEventListener("change", () => this.#recipientChanged());
		this.#list.addEventListener("click", (event) => {
			const uid = event.target.closest("button")?.closest("li").dataset.uid;
			if (uid !== undefined) {
				this.#choose((this.#select.value === uid) ? EVERYONE : uid);
				picked();
			}
		});
	}

	/** Replaces everybody. A chosen recipient who is not among them stays chosen, marked as gone. */
	replace(users, ownUid) {
		for (const { uid } of [...this.#users.values()]) {
			this.remove(uid);
		}
		for (const { uid, name } of users) {
			this.add(uid, name, uid === ownUid);
		}
	}

	/** Adds somebody; who is there already keeps the name. */
	add(uid, name, own = false) {
		const key = String(uid);
		if (this.#users.has(key)) {
			return;
		}
		const user = { uid, name, item: element("li", { "data-uid": key }), label: element("bdi", { "class": "name" }) };
		if (own) {
			user.item.append(element("span", { "class": "person" }, avatar(uid, name), user.label, " ",
					element("span", { "class": "tag" }, "you")));
		}
		else {
			user.button = element("button", { "class": "person", "type": "button", "aria-pressed": "false" },
					avatar(uid, name), user.label);
			user.item.append(user.button);
			user.option = element("option", { "value": key });
			this.#select.append(user.option);
		}
		this.#users.set(key, user);
		this.#list.append(user.item);
		this.#namesakes.set(name, (this.#namesakes.get(name) ?? new Set()).add(key));
		this.#label(name);
		this.#showCount();
		if (this.#gone?.uid === uid && this.#gone.name === name && !own) {
			this.#choose(key);
		}
	}

	/** @returns {string|undefined} the name of who was there */
	remove(uid) {
		const key = String(uid);
		const user = this.#users.get(key);
		if (user === undefined) {
			return undefined;
		}
		const chosen = this.#select.value === key;
		this.#users.delete(key);
		if (user.item.contains(document.activeElement)) {
			byId("people-title").focus();
		}
		user.item.remove();
		const namesakes = this.#namesakes.get(user.name);
		namesakes.delete(key);
		if (namesakes.size === 0) {
			this.#namesakes.delete(user.name);
		}
		this.#label(user.name);
		this.#showCount();
		if (chosen) {
			this.#chosenLeft(user);
		}
		else {
			user.option?.remove();
		}
		return user.name;
	}

	clear() {
		this.#choose(EVERYONE);
		this.replace([], null);
	}

	nameOf(uid) {
		return this.#users.get(String(uid))?.name ?? `User ${uid}`;
	}

	/** @returns {{uid: (number|string), name: string}|null} null when the chosen recipient has left */
	get recipient() {
		const key = this.#select.value;
		return (key === EVERYONE) ? { uid: EVERYONE, name: "everyone" } : this.#users.get(key) ?? null;
	}

	/** People of the same name are told apart by their uid. */
	#label(name) {
		const keys = this.#namesakes.get(name) ?? [];
		for (const key of keys) {
			const user = this.#users.get(key);
			const label = (keys.size > 1) ? `${name} (${key})` : name;
			setText(user.label, label);
			if (user.option) {
				user.option.textContent = label;
				user.button.setAttribute("aria-label", `Write privately to ${label}`);
			}
		}
	}

	/** What was meant for one must not go to all: the choice stays until the user makes another. */
	#chosenLeft(user) {
		user.option.value = "";
		user.option.disabled = true;
		user.option.textContent = `${user.name} (has left)`;
		this.#gone = user;
		this.#recipientChanged();
	}

	#choose(key) {
		this.#select.value = key;
		this.#recipientChanged();
	}

	#recipientChanged() {
		if (this.#gone !== null && !this.#gone.option.selected) {
			this.#gone.option.remove();
			this.#gone = null;
		}
		this.#pressed?.setAttribute("aria-pressed", "false");
		this.#pressed = this.#users.get(this.#select.value)?.button;
		this.#pressed?.setAttribute("aria-pressed", "true");
		this.#changed();
	}

	#showCount() {
		for (const count of this.#counts) {
			setText(count, String(this.#users.size));
		}
	}

}
