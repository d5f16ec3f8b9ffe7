// Search: a dialog over an index that is not loaded before the first use.
// Without this script the button is a link to the contents page.
import { make } from "./dom.js";
import { root } from "./site.js";

/** @typedef {import("./search/answer.js").Shown} Shown */
/** @typedef {import("./search/answer.js").Answer} Answer */
/** @typedef {Awaited<ReturnType<typeof import("./search/answer.js").open>>} Engine */

const link = document.getElementById("hp-search-link");

/** @type {Promise<Engine> | undefined} */
let engine;
let tries = 0;

/** What a promise brings, or an error that says what did not come. @template T @param {string} part @param {Promise<T>} coming */
const named = (part, coming) =>
  coming.catch(() => {
    throw new Error(part);
  });

/** @param {URL} address */
const fetched = async (address) => {
  const got = await fetch(address);
  if (!got.ok) throw new Error(String(got.status));
  return got;
};

/** Ask for the index and for what answers from it. */
const start = async () => {
  const again = tries++ ? `?again=${tries}` : ""; // a failed import is remembered by its address
  const [{ open }, data] = await Promise.all([
    named("Its script", import(`./search/answer.js${again}`)),
    named("Its index", fetched(new URL("data/search/index.json", import.meta.url)).then((got) => got.json())),
  ]);
  return named("Its index", open(data));
};

/** The same, once; after a failure the next call tries again. @returns {Promise<Engine>} */
const load = () => {
  engine ??= start().catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
};

/** @type {Map<string, Promise<string>>} */
const texts = new Map();
/** The text of a record, asked for once; '' when it does not come, for then only the excerpt is missing. @param {string} address */
const textOf = (address) => {
  const text = texts.get(address) ?? fetched(new URL(`data/search/${address}`, import.meta.url)).then((got) => got.text(), () => "");
  texts.set(address, text);
  return text;
};

/** One result; its excerpt comes later. @param {Shown} entry */
const item = (entry) =>
  make(
    "li",
    {},
    make("a", { href: new URL(entry.target, root).href }, entry.title),
    make("small", {}, [entry.kind, entry.level, entry.asked && `for “${entry.asked}”`].filter(Boolean).join(" · ")),
    ...(entry.text ? [make("p", { "data-text": entry.text })] : []),
  );

/** Results by page, in the order of the best of each; a page that is a result itself needs no heading. @param {Shown[]} entries */
const grouped = (entries) => {
  /** @type {Map<string, Shown[]>} */
  const pages = new Map();
  for (const entry of entries) {
    const page = entry.target.split("#")[0];
    pages.set(page, [...(pages.get(page) ?? []), entry]);
  }
  return [...pages.values()].map((several) => {
    const { title, page } = several[0];
    return make("li", {}, ...(title === page ? [] : [make("h2", {}, page)]), make("ol", {}, ...several.map(item)));
  });
};

const build = () => {
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", "aria-label": "Search the guide", autocomplete: "off", spellcheck: "false", placeholder: "hot key, failover, keeper test …" }));
  const kind = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "Kind" }, make("option", { value: "" }, "All kinds")));
  const level = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "Level" }, make("option", { value: "" }, "All levels")));
  const status = make("p", { role: "status" });
  const list = make("ol", { class: "hp-results" });
  const dialog = /** @type {HTMLDialogElement} */ (make(
    "dialog",
    { class: "hp-search", "aria-label": "Search" },
    make("form", { method: "dialog", role: "search" }, field, kind, level, make("button", { class: "hp-button" }, "Close")),
    status,
    list,
  ));
  document.body.append(dialog);

  let timer = 0;
  let pause = 0;
  let turn = 0;
  let drawn = "";
  /** What the form asks for, in one line. */
  const asked = () => [field.value.trim(), kind.value, level.value].join("\n");

  /** Draw what the field asks for; return whether that is what is drawn, and not what a later key asked for. */
  const run = async () => {
    clearTimeout(timer);
    clearTimeout(pause);
    const mine = ++turn;
    const query = { text: field.value.trim(), group: kind.value, level: level.value };
    if (query.text.length < 2 && !query.group && !query.level) {
      list.replaceChildren();
      status.textContent = "";
      return false;
    }
    // Said only where one waits: a search that is loaded answers before it could be read.
    const slow = setTimeout(() => mine === turn && (status.textContent = "Searching …"), 150);
    try {
      const found = await load();
      showFilters(found);
      if (mine !== turn) return false; // a later key was faster
      const answer = found.answer(query);
      list.replaceChildren(...grouped(answer.shown));
      drawn = Object.values(query).join("\n");
      status.textContent = found.said(answer);
      pause = setTimeout(() => excerpts(found, answer), 250); // whoever types on needs none
    } catch (error) {
      if (mine === turn) {
        list.replaceChildren();
        status.textContent = `Search could not be loaded. ${/** @type {Error} */ (error).message} did not come; the next key tries again. The contents page lists everything.`;
      }
    } finally {
      clearTimeout(slow);
    }
    return mine === turn;
  };

  /** @param {Engine} found @param {Answer} answer */
  const excerpts = (found, answer) => {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-text]"))) {
      textOf(place.dataset.text ?? "").then((text) => {
        place.replaceChildren(...found.marks(text, answer).map(([piece, hit]) => (hit ? make("mark", {}, piece) : piece)));
        place.normalize(); // some screen readers stop at each piece of a text
      });
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 60);
  });
  kind.addEventListener("change", run);
  level.addEventListener("change", run);
  field.form?.addEventListener("submit", async (event) => {
    if (event.submitter !== null && document.activeElement !== field) return; // the button closes
    event.preventDefault();
    // Enter follows the first result of what stands in the field now, however long that takes.
    if (await run()) /** @type {HTMLAnchorElement | null} */ (list.querySelector("a"))?.click();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === field && !event.isComposing) {
      // By hand, since browsers differ: a field of this type keeps the key to itself in WebKit.
      event.preventDefault();
      if (!field.value) return dialog.close();
      field.value = "";
      run();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || document.activeElement instanceof HTMLSelectElement) return;
    event.preventDefault();
    /** @type {HTMLElement[]} */
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    // Like Enter: whoever types fast goes to a result of what they typed, which nothing draws away from under them.
    if (at === 0 && step === 1 && drawn !== asked()) return void run().then((mine) => mine && list.querySelector("a")?.focus());
    stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
  });
  list.addEventListener("click", (event) => event.target instanceof HTMLAnchorElement && dialog.close());

  /** What can be filtered by, known once the index is there. @param {Engine} found */
  const showFilters = ({ groups, levels }) => {
    for (const [select, values] of /** @type {[HTMLSelectElement, string[]][]} */ ([[kind, groups], [level, levels]])) {
      if (select.options.length === 1) select.append(...values.map((value) => make("option", { value }, value)));
    }
  };

  return () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    field.focus();
    load().then(showFilters, () => {}); // a failure is said when something is looked for
  };
};

if (link) {
  /** @type {(() => void) | undefined} */
  let open;
  const show = () => (open ??= build())();
  const button = make("button", { class: "hp-button", type: "button", id: "hp-search-button", "aria-keyshortcuts": "/ Control+K" }, "Search");
  button.addEventListener("click", show);
  link.replaceWith(button);
  addEventListener("keydown", (event) => {
    if (!event.key) return; // what a browser's own completion sends
    const typing = event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      show();
    }
  });
}
