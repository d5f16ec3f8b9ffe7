// The page for a missing address looks for the words of that address.
import { make } from "../dom.js";
import { root } from "../site.js";

const place = document.querySelector('[data-hp-script="late/missing"]');

/** The words of an address, of its last part: ``/go/caching-hot-keys/`` gives ``caching hot keys``. */
const asked = () => {
  let path = location.pathname.replace(/\/(index\.\w+)?$/, "");
  path = path.slice(path.lastIndexOf("/") + 1);
  try {
    path = decodeURIComponent(path);
  } catch {
    // as it stands
  }
  const words = path.replace(/\.\w{2,4}$/, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 8).join(" ").slice(0, 80);
};

/** Open the search with the words in its field. @param {string} words */
const search = (words) => {
  document.getElementById("hp-search-button")?.click();
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".hp-search input"));
  if (!field) return;
  field.value = words;
  field.dispatchEvent(new Event("input"));
  field.select();
};

/** @param {Element} place @param {string} words */
const look = async (place, words) => {
  const button = make("button", { class: "hp-button", type: "button" }, "Search");
  button.addEventListener("click", () => search(words));
  try {
    const [{ open }, data] = await Promise.all([import("../search/answer.js"), fetch(new URL("../data/search/index.json", import.meta.url)).then((got) => got.json())]);
    const { shown } = (await open(data)).answer({ text: words, group: "", level: "" });
    const found = shown.slice(0, 6).map((entry) => make("li", {}, make("a", { href: new URL(entry.target, root).href }, entry.title), ` ${[entry.kind, entry.level].filter(Boolean).join(", ")}${entry.page === entry.title ? "" : `, on “${entry.page}”`}`));
    const said = found.length ? `The address has the words “${words}”. Were you looking for one of these?` : `Nothing here is called “${words}”.`;
    place.append(make("p", {}, said), ...(found.length ? [make("ul", {}, ...found)] : []), make("p", {}, "Or look for other words: ", button));
  } catch {
    place.append(make("p", {}, "Or look for its words: ", button));
  }
};

const words = asked();
if (place && words) void look(place, words);
