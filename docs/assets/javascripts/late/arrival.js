// Arrival at a row: a line above its words says what kind of row it is, for which level, and on which page it stands; a
// reader who was sent the link sees nothing else of the page at first. Only the row that the page was opened at has one: whoever
// goes on from there knows the page. A rule of the inline script has kept the room for it free. The words are those of the
// row's page, go/ID/.
import { make } from "../dom.js";
import { root } from "../site.js";

/** What the row's page says: its line, and what a message about it should say; null when it does not come. @param {URL} address */
const told = async (address) => {
  try {
    const got = await fetch(address);
    if (!got.ok) return null;
    const page = new DOMParser().parseFromString(await got.text(), "text/html");
    /** @param {string} property */
    const meta = (property) => page.querySelector(`meta[property="og:${property}"]`)?.getAttribute("content") ?? "";
    /** @param {string} query */
    const part = (query) => page.querySelector(`#where ${query}`)?.textContent ?? "";
    return { kind: part("b"), level: part("strong"), place: part("span"), title: meta("title"), text: meta("description") };
  } catch {
    return null;
  }
};

/** Show the line at a row. @param {Element} host @param {Element} article @param {Element} heading the page's own */
const show = async (host, article, heading) => {
  const address = new URL(`go/${host.id}/`, root);
  const row = (await told(address)) ?? { kind: "", level: "", place: heading.firstChild?.textContent ?? "", title: document.title, text: "" };
  const level = row.level ? [" ", make("strong", { class: `hp-level hp-level-${row.level.toLowerCase()}` }, row.level)] : [];
  const words = make("span", {}, make("b", {}, row.kind), ...level, row.kind && " · ", row.place);
  const whole = make("a", { href: `#${heading.id}` }, "Read the whole page");
  // Without a sheet of the device links.js copies, as it does at the row's own button.
  const sheet = "share" in navigator;
  const send = make("button", { type: "button", ...(sheet ? {} : { "data-hp-copy": "" }) }, sheet ? "Share" : "Copy link");
  if (sheet) send.addEventListener("click", () => navigator.share({ title: row.title, text: row.text, url: address.href }).catch(() => {})); // closed without a choice
  const line = make("span", { class: "hp-arrival", role: "group", "aria-label": "About this row" }, words, whole, send);
  host.classList.add("hp-arrived");
  if (host.matches("td, th")) line.style.maxWidth = `${article.clientWidth}px`; // it stands over the other cells too
  if (!host.matches("details, .hp-row")) return host.prepend(line);
  // A closed fold shows only its summary, and a heading is read out whole: there the line stands before it.
  const before = make("div", { class: "hp-arrival-before" }, line);
  host.before(before);
  line.style.top = `${host.getBoundingClientRect().top - before.getBoundingClientRect().top}px`; // past the margin between them
};

const host = document.getElementById(location.hash.slice(1));
const article = host?.closest("article");
const heading = article?.querySelector("h1");
if (host?.matches("td, th, li, dt, details, figure, strong, .hp-row") && article && heading) void show(host, article, heading);
