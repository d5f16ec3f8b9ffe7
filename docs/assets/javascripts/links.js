// Links: copy the address of a heading or of a row. The # of a heading is an ordinary link without this script.
//
// A heading has its # link: a plain click, a tap or Enter on it copies and leaves the page where it is; with Ctrl, ⌘ or the
// middle button it still opens. A row (a table row, a line of a list, a term, a probe, a drawing, a sum) gets a small button after
// its words, so that by keyboard it is the next stop after the row's own box or link; that of a probe stands after the whole
// probe. A button is made when its row comes near the window, and takes no room in the line: hundreds of rows cost one
// observer at load, and nothing shifts. Until somebody points, touches or goes by Tab it is not there for a screen reader.
// The # of a heading is for pointers alone, so that the heading's name is its words; by Tab one comes to a button after it.
//
// A row is copied in its short form, go/ID/: whatever has an id and is no heading, headings of class hp-row, and the page's
// title. Every other heading is copied as the page's address and its #id. A line to tick that has no id of its own, in the
// self-check, is the row it checks.
import { make } from "./dom.js";
import { root } from "./site.js";

const article = document.querySelector("article");

/** What a row or heading is called, short enough to be read aloud. @param {Element} host */
const labelOf = (host) => {
  const from = host.querySelector(":is(summary, figcaption, .hp-picture-title, label, strong, em, a:not(.headerlink)):not(.hp-arrival *)");
  const whole = /^H\d$/.test(host.tagName) || !from ? host : from;
  const words = [...whole.childNodes].map((node) => (node instanceof Element && node.matches(".headerlink, .hp-enlarge, .hp-arrival") ? "" : node.textContent)).join("");
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > 70 ? `${line.slice(0, 70).replace(/\s\S*$/, "")} …` : line;
};

/** The address to copy. @param {Element} host */
const addressOf = (host) => {
  if (!/^H[2-6]$/.test(host.tagName) || host.matches(".hp-row")) {
    const id = host.id.replace(/^cited-/, ""); // a citation at the page's foot is its source
    const ticked = /** @type {HTMLElement | null} */ (host.querySelector(":scope > [data-hp-check]"));
    return new URL(`go/${id || ticked?.dataset.hpCheck}/`, root).href;
  }
  const page = new URL(location.pathname.replace(/index\.html$/, ""), location.origin);
  page.hash = host.id;
  return page.href;
};

/** @type {WeakMap<Element, Element>} the row of each button */
const hosts = new WeakMap();

/** @param {Element} host */
const enhance = (host) => {
  const button = make("button", { class: "hp-copy", type: "button", "aria-label": `Copy link to ${labelOf(host)}` });
  const apart = /^(H\d|DETAILS)$/.test(host.tagName);
  const spot = make(apart ? "div" : "span", { class: "hp-copy-spot" }, button);
  hosts.set(button, host);
  if (apart) return host.after(spot);
  const label = host.querySelector(":scope > label");
  if (label) return label.after(spot);
  const box = host.querySelector("figcaption, .hp-picture-title") ?? host;
  const enlarge = box.querySelector(":scope > .hp-enlarge"); // has a line of its own below the words
  const words = enlarge ? enlarge.previousSibling : box.lastChild;
  // White space before the button could put it, alone, on a line of its own.
  if (words instanceof Text) words.data = words.data.trimEnd();
  return box.insertBefore(spot, enlarge);
};

/** @type {HTMLElement | undefined} */
let status;
let timer = 0;
/** Say it at the foot of the window, and aloud. @param {string} words */
const announce = (words) => {
  if (!status) document.body.append((status = make("p", { class: "hp-copied", role: "status" })));
  status.textContent = "";
  clearTimeout(timer);
  // A region that appears together with its words is not read, nor are the same words twice.
  timer = setTimeout(() => {
    /** @type {HTMLElement} */ (status).textContent = words;
    timer = setTimeout(() => status?.replaceChildren(), 5000);
  }, 60);
};

/** From now on the buttons can be reached by Tab. */
const keys = () => {
  document.documentElement.dataset.hpKeys = "";
};

/** @type {HTMLDialogElement | undefined} */
let dialog;
/** Show an address that could not be copied, selected, to be copied by hand. @param {string} address */
const showFallback = (address) => {
  keys(); // the dialog gives the focus back to its button, which has to be there
  if (!dialog) {
    const label = make("label", {}, "This browser does not let the page copy. The address is selected: copy it from here.", make("input", { readonly: "" }));
    dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "hp-address", "aria-label": "Copy link" }));
    dialog.append(make("form", { method: "dialog" }, label, make("button", { class: "hp-button" }, "Close")));
    document.body.append(dialog);
  }
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  field.value = address;
  dialog.showModal();
  field.focus();
  field.select();
};

/** @param {string} address */
const copy = async (address) => {
  try {
    await navigator.clipboard.writeText(address); // there is no clipboard at all where a page is served without https
    announce(`Copied: ${address}`);
  } catch {
    showFallback(address);
  }
};

if (article) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        enhance(target);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const host of article.querySelectorAll("th[id], td[id], li[id], li:has(> [data-hp-check]), dt[id], details[id], figure[id], strong[id], :is(h1, h2, h3, h4)[id]")) near.observe(host);

  addEventListener("keydown", (event) => event.key === "Tab" && keys());

  article.addEventListener("click", (event) => {
    const control = event.target instanceof Element && event.target.closest(".hp-copy, .headerlink, [data-hp-copy]");
    const host = control && (hosts.get(control) ?? (control.matches(".headerlink") ? control.parentElement : article.querySelector(".hp-arrived")));
    if (!host || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    copy(addressOf(host));
  });
}
