// Scripts that only some pages, visits or readers need, brought when there is something for them to do.
import { readText } from "./storage.js";

/** @param {string} name */
const bring = (name) => import(new URL(name, import.meta.url).href);
/** The same, once the page is done. @param {string} name */
const later = (name) => (window.requestIdleCallback ?? setTimeout)(() => void bring(name));
const ticks = readText("hp-checks");

const marked = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-hp-script]"));
for (const name of new Set([...marked].map((one) => one.dataset.hpScript))) void bring(`${name}.js`);
if (document.adoptedStyleSheets?.length) void bring("late/arrival.js");
if ("hpPlan" in document.documentElement.dataset && document.querySelector(".hp-next")) later("late/next.js");
// A box whose id is gone has a successor, which has to be looked up.
if (document.querySelector("[data-hp-check]") && ticks.includes('"')) void bring("plan-ticks.js").then(({ bringForward }) => bringForward());

// A page is marked as read, or some page was.
const read = /** @type {HTMLElement | null} */ (document.querySelector(".hp-read"));
if (read) read.hidden = false;
read?.addEventListener("change", ({ target }) => {
  const on = /** @type {HTMLInputElement} */ (target).checked; // now: the script shows what is kept as soon as it comes
  void bring("late/read.js").then(({ mark }) => mark(on));
});
if (ticks.includes('"page-')) later("late/read.js");

// A picture opens in a window of its own; where that cannot come, the link leads to its file.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = /** @type {HTMLAnchorElement | null} */ (event.target.closest("a.hp-enlarge, figure svg")?.closest("figure")?.querySelector("a.hp-enlarge"));
  if (!link || getSelection()?.type === "Range") return;
  event.preventDefault();
  bring("enlarge.js").then((module) => module.enlarge(link), () => location.assign(link.href));
});
