/* Small helpers around the DOM. Text from the network becomes text nodes only, never markup. */

export function byId(id) {
	return document.getElementById(id);
}

/**
 * @param {string} name of the element
 * @param {object} attributes by name; null and undefined are left out
 * @param {...(Node|string)} children strings become text nodes
 */
export function element(name, attributes = {}, ...children) {
	const created = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (value !== null && value !== undefined) {
			created.setAttribute(key, value);
		}
	}
	created.append(...children);
	return created;
}

/** Sets the text only when it differs, because a live region announces every change. */
export function setText(target, text) {
	if (target.textContent !== text) {
		target.textContent = text;
	}
}

/** A decorative disc with the first character of the name, coloured by the uid. */
export function avatar(uid, name) {
	const [initial = "?"] = name.trim();
	return element("span", {
		"class": "avatar",
		"aria-hidden": "true",
		"data-initial": initial.toUpperCase(),
		"data-tone": tone(String(uid))
	});
}

function tone(text) {
	let hash = 0;
	for (const character of text) {
		hash = (hash * 31 + character.codePointAt(0)) % 9973;
	}
	return hash % 8;
}
