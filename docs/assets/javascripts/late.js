// Scripts that only some pages or some visits need, brought when there is something for them to do.

const html = document.documentElement;
/** @param {string} name */
const bring = (name) => import(new URL(name, import.meta.url).href);
/** The same, once the page is done. @param {string} name */
const later = (name) => (window.requestIdleCallback ?? setTimeout)(() => void bring(name));

if (document.querySelector("details.hp-prompt")) void bring("mock.js");
if (document.querySelector(".hp-plan")) void bring("plan.js");
if (document.querySelector(".hp-missing")) void bring("late/missing.js");
if (document.adoptedStyleSheets?.length) void bring("late/arrival.js");
if ("hpPlan" in html.dataset && document.querySelector(".hp-next")) later("late/next.js");

// A page is marked as read, or some page was.
const read = /** @type {HTMLElement | null} */ (document.querySelector(".hp-read"));
if (read) read.hidden = false;
read?.addEventListener("change", ({ target }) => {
  const on = /** @type {HTMLInputElement} */ (target).checked; // now: the script shows what is kept as soon as it comes
  void bring("late/read.js").then(({ mark }) => mark(on));
});
try {
  if (localStorage.getItem(`hp-checks${html.dataset.hpBase ?? ""}`)?.includes('"page-')) later("late/read.js");
} catch {
  // Storage is off: nothing was marked.
}
