// Reads the columns of search/index.json (macros/finish/search.py writes them).

/** @typedef {import("./words.js").Words} Words */
/** @typedef {{title: string, names: string[], keys: string[], whole: boolean[], kind: string, group: string, weight: number, level: string, page: string, target: string, text: string}} Entry */
/** @typedef {{engine: any, entries: Entry[], names: Map<string, number>, known: (form: string) => boolean, common: (form: string) => boolean, tells: (form: string) => number, weak: Set<string>, openings: [RegExp, string][], synonyms: Map<string, string[]>}} Library */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128).fill(64);
for (const [value, digit] of [...DIGITS].entries()) VALUES[digit.charCodeAt(0)] = value;

/** Rising numbers, written as gaps of five bits a character. @param {string} text */
const numbers = (text) => {
  /** @type {number[]} */
  const out = [];
  let [now, gap, scale] = [0, 0, 1];
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)];
    gap += (value % 32) * scale;
    scale *= 32;
    if (value < 32) {
      out.push((now += gap));
      [gap, scale] = [0, 1];
    }
  }
  return out;
};

/** Words of which each line says how many letters of the line before it begins with. @param {string} text */
const unfolded = (text) => {
  let before = "";
  return text.split("\n").map((line) => (before = before.slice(0, VALUES[line.charCodeAt(0)]) + line.slice(1)));
};

/**
 * The words of an address that belong to its row alone: ids say "clock skew" where a title tells the story of one.
 * @param {string} url @param {string} anchor @param {string} kind
 */
const addressWords = (url, anchor, kind) => {
  const around = new Set([...url.split(/[/-]/), ...kind.toLowerCase().split(" ")]);
  return anchor ? anchor.split("-").filter((word) => !around.has(word)).join(" ") : (url.split("/").at(-2) ?? "");
};

/** @param {any} data @returns {Entry[]} without keys */
const entriesOf = (data) => {
  const [names, anchors, pages, empty] = [data.names.split("\n"), unfolded(data.anchors), numbers(data.page), new Set(numbers(data.empty))];
  return names.map((/** @type {string} */ line, /** @type {number} */ id) => {
    const [title, ...also] = line.split("\t");
    const [kind, group, weight] = data.kinds[DIGITS.indexOf(data.kind[id])];
    const [url, page] = data.pages[pages[id]];
    const level = data.level[id] === "0" ? "" : `L${data.level[id]}`;
    const target = url + (anchors[id] && `#${anchors[id]}`);
    return { title, names: [title, ...also, addressWords(url, anchors[id], kind)], keys: [], whole: [], kind, group: data.groups[group], weight, level, page, target, text: empty.has(id) ? "" : `${data.version}/${id}.txt` };
  });
};

const COMMON = 200; // texts, about, that have a common word
const JOINED = 4; // words: "hotkey" is typed for a name, nobody joins the words of a sentence

/**
 * @param {any} MiniSearch
 * @param {any} data what search/index.json holds
 * @param {Words} words
 * @returns {Promise<Library>} the engine over all records, the records, how many names have a word, and which forms are known
 */
export const libraryOf = async (MiniSearch, data, words) => {
  const entries = entriesOf(data);
  /** @type {Map<string, number>} */
  const names = new Map();
  /** @type {Set<string>} */
  const forms = new Set();
  /** Fields of a record as forms. "around" is what "evcache probes" asks for: the kind, and the page a row stands on. */
  const documents = entries.map(({ kind, page }, id) => ({ id, title: /** @type {string[]} */ ([]), also: /** @type {string[] | undefined} */ (undefined), around: saying(words, `${page} ${kind}`), text: /** @type {string[]} */ ([]) }));
  for (const [id, entry] of entries.entries()) {
    const { title, text } = documents[id];
    for (const [at, name] of entry.names.entries()) {
      const field = at ? (documents[id].also ??= []) : title;
      const spelled = words.spelled(name);
      const said = spelled.filter(words.says);
      for (const word of said) names.set(word, (names.get(word) ?? 0) + 1);
      const key = said.map(words.form);
      entry.keys.push(key.join(" "));
      entry.whole.push(key.length > 1 || spelled.length === 1); // "on-call" says "call", and that alone is not its name
      field.push(...key);
      text.push(...key);
      for (let next = 1; spelled.length <= JOINED && next < spelled.length; next++) field.push(words.form(spelled[next - 1] + spelled[next]));
      for (const form of field) forms.add(form);
    }
  }
  const postings = data.postings.split(" ");
  for (const [at, form] of unfolded(data.words).entries()) {
    forms.add(form);
    for (const id of numbers(postings[at])) documents[id].text.push(form);
  }
  const engine = new MiniSearch({
    fields: ["title", "also", "around", "text"],
    stringifyField: (/** @type {string[]} */ list) => list,
    tokenize: (/** @type {string[]} */ list) => list,
    processTerm: (/** @type {string} */ form) => form,
    searchOptions: { tokenize: (/** @type {string} */ text) => text.split(" ") },
  });
  await engine.addAllAsync(documents, { chunkSize: 100 }); // in between, the reader types
  const common = new Set(data.common.split(" "));
  /** @type {Map<string, number>} */
  const used = new Map();
  for (const { text } of documents) for (const form of new Set(text)) used.set(form, (used.get(form) ?? 0) + 1);
  return {
    engine,
    entries,
    names,
    known: (form) => forms.has(form),
    common: (form) => common.has(form),
    // What is common stands in more texts than the index says.
    tells: (form) => Math.log(1 + entries.length / ((used.get(form) ?? 0) + (common.has(form) ? COMMON : 1))),
    weak: new Set(data.weak.split(" ")),
    openings: data.openings.map((/** @type {[string, string]} */ [pattern, kind]) => [new RegExp(pattern), kind]),
    synonyms: new Map(Object.entries(data.synonyms)),
  };
};

/** @param {Words} words @param {string} text */
const saying = (words, text) => words.spelled(text).filter(words.says).map(words.form);
