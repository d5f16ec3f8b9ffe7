// Ticks by their numbers, as a link carries them; and the successors of ids that are gone. Loaded when there are ticks to
// carry or to bring up to date.
import { forward, ticked } from "./plan-progress.js";

/** @typedef {{ ids: string[], retired: Record<string, string> }} Known the id of each number, and what stands for one that is gone */
/** @typedef {{ ids: string[], beyond: number, wrong: string }} Carried `beyond` counts ticks of boxes that are not known here yet */

const MOST = 2_000; // characters; the list would have to be fifty times as long
const NOTHING = "Nothing was added.";

/** @type {Promise<Known> | undefined} */
let asked;

/** The list of what can be ticked, as data/ticks.lock has it. */
export const known = () => {
  asked ??= fetch(new URL("data/plan/ticks.json", import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error("ticks.json");
    return answer.json();
  });
  asked.catch(() => (asked = undefined)); // asked for again at the next use
  return asked;
};

/** Let ticks of ids that are gone count for their successors. Without a network they wait for the next visit. */
export const bringForward = async () => {
  if (!ticked().size) return;
  const list = await known().catch(() => null);
  if (list) forward(list.retired);
};

/** Two bytes that show whether a link was cut or mistyped (Fletcher's sum). @param {Uint8Array} bytes */
const check = (bytes) => bytes.reduce(([one, two], byte) => [(one + byte) % 255, (two + one + byte) % 255], [1, 1]);

/** The fragment that carries ticks: a version, and bits after their check. @param {Set<string>} done @param {Known} list */
export const packed = (done, { ids }) => {
  const bits = new Uint8Array(Math.ceil((Math.max(-1, ...ids.map((id, number) => (done.has(id) ? number : -1))) + 1) / 8));
  ids.forEach((id, number) => {
    if (done.has(id)) bits[number >> 3] |= 1 << (number & 7);
  });
  const text = btoa(String.fromCharCode(...check(bits), ...bits));
  return `#t=1.${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
};

/** What a fragment carries, or in words what is wrong with it. @param {string} fragment @param {Known} list @returns {Carried} */
export const unpacked = (fragment, { ids, retired }) => {
  /** @param {string} words */
  const wrong = (words) => ({ ids: [], beyond: 0, wrong: `${words} ${NOTHING}` });
  if (fragment.length > MOST) return wrong("This link is longer than any that this page makes.");
  const [, version, text] = /^#t=(\d{1,9})\.([\w-]*)$/.exec(fragment) ?? [];
  if (text === undefined) return wrong("The ticks in this link cannot be read. It may have been cut: copy it once more.");
  if (version !== "1") return wrong("This link was made by another edition of the guide. Load this page again, then open the link.");
  const bytes = text.length % 4 === 1 ? [] : [...atob(text.replaceAll("-", "+").replaceAll("_", "/"))].map((one) => one.charCodeAt(0));
  const bits = Uint8Array.from(bytes.slice(2));
  if (bytes.length < 2 || check(bits).some((sum, at) => sum !== bytes[at])) return wrong("The ticks in this link are not complete. It may have been cut: copy it once more.");
  const numbers = [...bits].flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => at * 8 + bit));
  const here = numbers.filter((number) => number < ids.length).map((number) => ids[number]);
  return { ids: [...new Set(here.map((id) => retired[id] ?? id))], beyond: numbers.length - here.length, wrong: "" };
};
