// Pages marked as read: a tick like any other, under the page's address, shown in the navigation and on the page of contents.
import { isOfTicks, tick, ticked } from "../plan-progress.js";
import { root } from "../site.js";

const box = /** @type {HTMLInputElement | null} */ (document.querySelector(".hp-read input"));

/** The key of a page: ``topics/caching/`` gives ``page-topics-caching``. @param {string} path the address without query and anchor */
const keyOf = (path) => `page-${path.slice(root.pathname.length).replace(/index\.html$/, "").split("/").filter(Boolean).join("-")}`;
const own = keyOf(location.pathname);

const show = () => {
  const done = ticked();
  if (box) box.checked = done.has(own);
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".hp-nav a, #contents ~ ul li > a:first-child"));
  for (const link of links) link.classList.toggle("hp-done", done.has(keyOf(link.pathname)));
};

/** Keep what the reader said at the box. @param {boolean} on */
export const mark = (on) => {
  const kept = tick(own, on);
  if (kept || !box) return show();
  box.checked = on;
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  note.textContent = "This browser does not keep it (storage is off or full).";
  box.closest("p")?.append(note);
};

addEventListener("storage", (event) => isOfTicks(event) && show());
addEventListener("pageshow", (event) => event.persisted && show());
show();
