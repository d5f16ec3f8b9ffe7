// Search: a dialog over an index that is not loaded before the first use.
// Without this script the button is a link to the contents page.

/** @typedef {{title?: string, kind?: string, page?: string, target?: string}} Meta */

const root = new URL("../../", import.meta.url); // the site's root, below whatever path it is served
const link = document.getElementById("hp-search-link");
const SHOWN = 12;

/** @type {Promise<any> | undefined} */
let engine;
/** The index, loaded once; a failed load may be tried again. */
const load = () => {
  engine ??= import(new URL("pagefind/pagefind.js", root).href).then(
    async (found) => {
      await found.options({ baseUrl: "/", excerptLength: 24, noWorker: true });
      await found.init();
      return found;
    },
    (error) => {
      engine = undefined;
      throw error;
    },
  );
  return engine;
};

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** Text with its <mark>s, and nothing else that might stand in it. @param {string} html */
const marked = (html) => {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return [...body.childNodes].map((node) => (node.nodeName === "MARK" ? make("mark", {}, node.textContent ?? "") : (node.textContent ?? "")));
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

  let turn = 0;
  const run = async () => {
    const mine = ++turn;
    const words = field.value.trim();
    if (words.length < 2 && !kind.value && !level.value) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const found = await load();
      const filters = { ...(kind.value && { kind: kind.value }), ...(level.value && { level: level.value }) };
      const { results } = await found.search(words || null, { filters });
      const first = await Promise.all(results.slice(0, SHOWN).map((/** @type {any} */ one) => one.data()));
      if (mine !== turn) return; // a later key was faster
      status.textContent = results.length ? `${results.length} found${results.length > SHOWN ? `, the first ${SHOWN} shown` : ""}` : "Nothing found. Try fewer or other words.";
      list.replaceChildren(...first.map(item));
    } catch {
      if (mine === turn) status.textContent = "Search could not be loaded. The contents page lists everything.";
    }
  };
  /** @param {{meta: Meta, excerpt: string}} found */
  const item = ({ meta, excerpt }) =>
    make(
      "li",
      {},
      make("a", { href: new URL(meta.target ?? "", root).href }, meta.title ?? "Untitled"),
      make("small", {}, meta.kind === "Page" ? "Page" : `${meta.kind} · ${meta.page}`),
      make("p", {}, ...marked(excerpt)),
    );

  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    // Two letters begin so many words that they load twice the index: whoever goes on typing is not made to pay for it.
    timer = setTimeout(run, field.value.trim().length < 3 ? 450 : 90);
  });
  kind.addEventListener("change", run);
  level.addEventListener("change", run);
  field.form?.addEventListener("submit", (event) => {
    if (event.submitter === null || document.activeElement === field) {
      event.preventDefault(); // Enter in the field follows the first result
      /** @type {HTMLAnchorElement | null} */ (list.querySelector("a"))?.click();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || document.activeElement instanceof HTMLSelectElement) return;
    event.preventDefault();
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
  });
  list.addEventListener("click", (event) => event.target instanceof HTMLAnchorElement && dialog.close());

  return async () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    field.focus();
    try {
      const choices = await (await load()).filters();
      for (const [select, name] of /** @type {[HTMLSelectElement, string][]} */ ([[kind, "kind"], [level, "level"]])) {
        if (select.options.length === 1) select.append(...Object.keys(choices[name] ?? {}).sort().map((value) => make("option", { value }, value)));
      }
    } catch {
      status.textContent = "Search could not be loaded. The contents page lists everything.";
    }
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
    const typing = event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      show();
    }
  });
}
