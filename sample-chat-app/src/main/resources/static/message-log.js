/* The list of messages and notices, newest last. */

import { avatar, byId, element } from "./dom.js";

const LIMIT = 500;
/** Closer to the end than this counts as being at the end. */
const NEAR_END_PIXELS = 48;

export class MessageLog {

	#viewport = byId("log");

	#list = byId("messages");

	#jump = byId("jump");

	#pinned = true;

	#lastTop = 0;

	#scrollScheduled = false;

	constructor() {
		this.#viewport.addEventListener("scroll", () => this.#scrolled(), { passive: true });
		this.#jump.addEventListener("click", () => {
			this.#viewport.focus({ preventScroll: true });
			this.#pin(true);
		});
		// The on-screen keyboard of a phone shrinks the viewport, which must not hide the newest message.
		new ResizeObserver(() => this.#scrollToEnd()).observe(this.#viewport);
		this.#pin(true);
	}

	/**
	 * @param {object} message kind ("say" or "private"), uid and author of the sender, content, time, own (boolean) and
	 * tag (a word about the message, or null)
	 */
	message({ kind, uid, author, content, time, own, tag }) {
		const meta = element("p", { "class": "meta" }, element("bdi", { "class": "author" }, author), " ");
		if (own) {
			meta.append(element("span", { "class": "tag" }, "you"), " ");
		}
		if (tag) {
			meta.append(element("bdi", { "class": "tag secret" }, tag), " ");
		}
		meta.append(timeElement(time));
		this.#append(element("li", { "data-kind": kind, "data-own": own ? "true" : null },
				avatar(uid, author),
				element("div", { "class": "bubble" }, meta,
						element("p", { "class": "content", "dir": "auto" }, content))), own);
	}

	/** A line about the chat itself: kind "join", "leave" or "system". */
	notice({ kind, author, content, time, error = false }) {
		this.#append(element("li", { "data-kind": kind, "data-level": error ? "error" : null },
				element("p", {}, element("bdi", { "class": "author" }, author), " ",
						element("span", { "class": "content", "dir": "auto" }, content), " ", timeElement(time))),
				false);
	}

	clear() {
		this.#list.replaceChildren();
		this.#pin(true);
	}

	#append(item, own) {
		this.#list.append(item);
		while (this.#list.childElementCount > LIMIT) {
			this.#list.firstElementChild.remove();
		}
		if (own || this.#pinned) {
			this.#pin(true);
		}
		else {
			this.#jump.hidden = false;
		}
	}

	#pin(pinned) {
		this.#pinned = pinned;
		this.#viewport.dataset.pinned = pinned;
		if (pinned) {
			this.#jump.hidden = true;
			this.#scrollToEnd();
		}
	}

	/** Once per frame, because finding the end costs a layout. */
	#scrollToEnd() {
		if (!this.#pinned || this.#scrollScheduled) {
			return;
		}
		this.#scrollScheduled = true;
		requestAnimationFrame(() => {
			this.#scrollScheduled = false;
			if (this.#pinned) {
				this.#viewport.scrollTop = this.#viewport.scrollHeight;
				this.#lastTop = this.#viewport.scrollTop;
			}
		});
	}

	/** Only a move upwards leaves the end: messages that arrive meanwhile move the end away without the user's doing. */
	#scrolled() {
		const { scrollTop, scrollHeight, clientHeight } = this.#viewport;
		const atEnd = scrollHeight - scrollTop - clientHeight <= NEAR_END_PIXELS;
		if (atEnd && !this.#pinned) {
			this.#pin(true);
		}
		else if (!atEnd && this.#pinned && scrollTop < this.#lastTop) {
			this.#pin(false);
		}
		this.#lastTop = scrollTop;
	}

}

/** The server's "2014-08-12 17:50:30"; what does not look like that is shown as it is. */
function timeElement(text) {
	const parts = /^(\d{4}-\d\d-\d\d) ((\d\d:\d\d):\d\d)$/.exec(text);
	return parts ? element("time", { "datetime": `${parts[1]}T${parts[2]}`, "title": text }, parts[3])
		: element("time", {}, text);
}
