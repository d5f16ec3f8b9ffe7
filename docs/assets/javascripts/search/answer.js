// Answers a query: whole names first, then texts. Loaded when a reader first searches.

/** @typedef {import("./records.js").Entry} Entry */
/** A record, and the other name by which it was asked for. @typedef {Entry & {asked: string}} Shown */
/** @typedef {{found: number, shown: Shown[], dropped: string[], mended: [string, string][], terms: Set<string>}} Answer */
/** @typedef {{text: string, group: string, level: string}} Query */
/** @typedef {import("./query.js").Wanted} Wanted */
/** @typedef {{id: number, score: number, all: boolean, covered: boolean, named: boolean, phrase: boolean, terms: string[]}} Hit */

// A failed import is remembered by its address, so a second try asks by another one: this file's own, handed on.
const again = new URL(import.meta.url).search;
const parts = Promise.all([
  import(`./words.js${again}`),
  import(`./records.js${again}`),
  import(`./query.js${again}`),
  import(`./excerpt.js${again}`),
  // MiniSearch 7.2.0, as npm has it: it ranks by BM25, finds by prefix and counts a match by field, in 8 kB without WebAssembly.
  import(`../vendor/minisearch/index.js${again}`),
]);
/** @typedef {[typeof import("./words.js"), typeof import("./records.js"), typeof import("./query.js"), typeof import("./excerpt.js"), any]} Parts */
const [{ wordsBy }, { libraryOf }, { readerOf }, { excerptOf }, { default: MiniSearch }] = /** @type {Parts} */ (await parts);

const SHOWN = 12;
const NAMES = 6; // so many hits by name stand before the hits by text, and so many of these before sources
const PER_PAGE = 3;
const WEIGHTY = 2; // of pages, components and terms: named in a longer query, they are meant
const [SAME, SLIGHT] = [0.6, 0.2]; // what another word for the same counts, and one that most questions have
const PASSING = 0.8; // of a term whose meaning only mentions what is looked for
const ALSO_TOLD = 0.8; // of a hit by name is what one by text counts, where neither has all words
const TITLE = 3; // words, and more: the title of a source, looked for as such
const PLAIN = 1; // of sections, probes and others: what they are called is half of a question at most
const LIGHT = 0.5; // of sources and boxes to tick
const FIELDS = { boost: { title: 6, also: 6 }, weights: { prefix: 0.4 } };
const [EXACT, LOW_EXACT, BEGINS, LOW_BEGINS, CONTAINS] = [8, 2, 2, 0.5, 1.6];

const LONG = 30; // letters
const REPEATED = 4; // words of a message

/** What became of a query, in a line. @param {Answer} answer */
const said = ({ found, shown, dropped, mended }) => {
  const short = (/** @type {string} */ word) => (word.length > LONG ? `${word.slice(0, LONG)}…` : word);
  const quoted = (/** @type {string[]} */ words) =>
    words.slice(0, REPEATED).map((word) => `“${short(word)}”`).join(", ") + (words.length > REPEATED ? ` and ${words.length - REPEATED} more` : "");
  return [
    ...mended.slice(0, REPEATED).map(([word, meant]) => `“${short(word)}” is not in the guide; this is for “${meant}”.`),
    ...(dropped.length ? [`${quoted(dropped)} ${dropped.length > 1 ? "are" : "is"} not in the guide${found ? " and left out" : ""}.`] : []),
    found ? `${found} found${found > shown.length ? `, ${shown.length} shown` : ""}` : "Nothing found. Try fewer or other words.",
  ].join(" ");
};

/**
 * @param {any} data what search/index.json holds
 * @returns {Promise<{groups: string[], levels: string[], answer: (query: Query) => Answer, said: (answer: Answer) => string, marks: (text: string, answer: Answer) => [string, boolean][]}>}
 *   what can be filtered by, the answer to a query, what became of it in a line, and the excerpt of a text in pieces, each with whether it matched
 */
export const open = async (data) => {
  const words = wordsBy(data.rules, data.stops);
  const library = await libraryOf(MiniSearch, data, words);
  const { engine, entries, common, tells } = library;
  const read = readerOf(library, words);

  /** Whether a query has a whole name: of what weighs much any, of others one of several words. @param {string[]} forms @param {string[]} terms @param {number} weight */
  const covers = (forms, terms, weight) =>
    forms.every((form) => terms.includes(form)) && !forms.every((form) => library.weak.has(form)) && (weight >= WEIGHTY || (forms.length > 1 && weight > PLAIN));

  /** @param {Wanted[]} wanted @param {string[]} fields @param {(id: number) => boolean} fits @returns {Hit[]} */
  const hits = (wanted, fields, fits) => {
    const open = new Set(wanted.filter((one) => one.open).flatMap((one) => one.forms));
    const query = [...new Set(wanted.flatMap((one) => [...one.forms, ...one.also]))].join(" ");
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { forms, also, weak } of wanted) {
      for (const form of also) counts.set(form, Math.max(counts.get(form) ?? 0, weak ? SLIGHT : SAME));
      for (const form of forms) counts.set(form, Math.max(counts.get(form) ?? 0, weak ? SLIGHT : 1));
    }
    const boostTerm = (/** @type {string} */ term) => counts.get(term) ?? 1;
    const total = wanted.reduce((sum, { weight }) => sum + weight, 0);
    const prefix = (/** @type {string} */ term) => open.has(term) && term.length > 2;
    const results = engine.search(query, { ...FIELDS, fields, prefix, boostTerm, filter: (/** @type {any} */ { id }) => fits(id) });
    return results.map((/** @type {any} */ { id, score, queryTerms, match }) => {
      const matched = wanted.filter((one) => [...one.forms, ...one.also].some((form) => queryTerms.includes(form)));
      const share = matched.reduce((sum, { weight }) => sum + weight, 0) / total;
      const all = wanted.every((one) => one.weak || matched.includes(one));
      const terms = Object.keys(match);
      // Whole names, that is, and not the words of an address, which come last.
      const { keys, whole, weight } = entries[id];
      const covered = keys.slice(0, -1).some((key, at) => whole[at] && covers(key.split(" "), terms, weight));
      const named = terms.some((term) => match[term].includes("title") || match[term].includes("also"));
      return { id, all, covered, named, phrase: false, terms, score: score * share ** 2 };
    });
  };

  /** @param {Hit[]} found */
  const best = (found) => found.reduce((most, { score }) => Math.max(most, score), 0);

  /** Hits by name, better where the name is, begins with or holds the whole query. */
  const byName = (/** @type {Wanted[]} */ wanted, /** @type {string} */ key, /** @type {string} */ bare, /** @type {(id: number) => boolean} */ fits) => {
    const found = hits(wanted, ["title", "also", "around"], fits).filter((hit) => hit.named);
    const top = best(found);
    for (const hit of found) {
      const { keys, weight, kind, target } = entries[hit.id];
      const around = keys.map((one) => ` ${one} `);
      const at = keys.includes(key) ? keys.indexOf(key) : keys.indexOf(bare || key);
      // The words of an address name a page as well as its title does; of a row they are one description among others.
      const low = weight < 1 || kind === "Section" || (at === keys.length - 1 && target.includes("#"));
      hit.phrase = around.some((one) => one.includes(` ${key} `));
      hit.score *= weight * (hit.phrase ? CONTAINS : 1);
      if (at >= 0) hit.score += top * (low ? LOW_EXACT : EXACT);
      if (around.some((one) => one.startsWith(` ${key} `))) hit.score += top * (low ? LOW_BEGINS : BEGINS);
    }
    return found.sort((a, b) => b.score - a.score);
  };

  /** @param {Wanted[]} wanted @param {(id: number) => boolean} fits */
  const byText = (wanted, fits) => {
    const telling = wanted.filter((one) => !one.forms.some(common));
    return hits(telling.length ? telling : wanted, ["text", "around"], fits)
      .map((hit) => ({ ...hit, score: hit.score * (entries[hit.id].kind === "Term" ? PASSING : Math.sqrt(entries[hit.id].weight)) }))
      .sort((a, b) => b.score - a.score);
  };

  /** Hits by name and by text in one order: whoever is good at both is first. @param {Hit[]} named @param {Hit[]} told */
  const joined = (named, told) => {
    const [most, mostTold] = [best(named), best(told)];
    /** @type {Map<number, number>} */
    const sums = new Map();
    for (const { id, score } of named) sums.set(id, score / most);
    for (const { id, score } of told) sums.set(id, (sums.get(id) ?? 0) + (score / mostTold) * ALSO_TOLD);
    return [...sums].sort((a, b) => b[1] - a[1]).map(([id]) => ({ id }));
  };

  /** What answers, best first: `all` of it, whole names before texts, and then what has `some` of the words. */
  const ranked = (/** @type {Wanted[]} */ wanted, /** @type {string} */ key, /** @type {string} */ bare, /** @type {(id: number) => boolean} */ fits) => {
    const [named, told] = [byName(wanted, key, bare, fits), byText(wanted, fits)];
    const whole = named.filter((hit) => hit.all || hit.covered);
    const full = told.filter((hit) => hit.all);
    // A source or a box to tick is not what is looked for, unless it alone is named so.
    const own = (/** @type {Hit[]} */ several) => several.filter((hit) => entries[hit.id].weight > LIGHT).slice(0, NAMES);
    const alone = own(whole).some((hit) => hit.phrase) ? [] : whole.filter((hit) => hit.phrase && (entries[hit.id].weight >= LIGHT || key.split(" ").length >= TITLE)).slice(0, NAMES);
    return {
      all: [...own(whole), ...alone, ...own(full), ...whole.slice(0, NAMES), ...full].map((hit) => hit.id),
      some: joined(named, told).map((hit) => hit.id),
      terms: [...named, ...told].flatMap((hit) => hit.terms),
    };
  };

  /** The names of the term that is called just so, the one asked for first; none where there is no such term. @param {string} key */
  const namesOf = (key) => {
    const same = entries.find((entry) => key && entry.kind === "Term" && entry.keys.includes(key));
    // The title and the abbreviation; what else is typed for a term may mean other things too.
    return same ? [...new Set([key, ...same.keys.slice(0, Math.min(2, same.keys.length - 1)).filter(Boolean)])] : [];
  };

  /** A name of a term, asked for as it stands: a reader of "time to live" looks for "TTL" too, and finds the same. */
  const asNamed = (/** @type {string} */ name, /** @type {(id: number) => boolean} */ fits) => ranked(name.split(" ").map((form) => ({ forms: [form], also: [], open: false, weak: false, weight: tells(form) })), name, name, fits);

  /** The first, and not too many of one page. @param {number[]} ids */
  const spread = (ids) => {
    /** @type {Map<string, number>} */
    const used = new Map();
    return ids.filter((id) => {
      const page = entries[id].target.split("#")[0];
      used.set(page, (used.get(page) ?? 0) + 1);
      return (used.get(page) ?? 0) <= PER_PAGE;
    });
  };

  /** The other name by which a record was asked for, which its title does not tell; '' for none. @param {Entry} entry @param {string} key */
  const asked = ({ names, keys }, key) => {
    const at = keys.slice(0, -1).findIndex((one) => one && ` ${key} `.includes(` ${one} `));
    return at > 0 ? names[at] : "";
  };

  /** Everything that fits, what counts most first. @param {(id: number) => boolean} fits */
  const listed = (fits) => entries.flatMap((_, id) => (fits(id) ? [id] : [])).sort((a, b) => entries[b].weight - entries[a].weight);

  return {
    groups: data.groups,
    levels: [...new Set(entries.map((entry) => entry.level))].filter(Boolean).sort(),

    answer: ({ text, group, level }) => {
      const fits = (/** @type {number} */ id) => (!group || entries[id].group === group) && (!level || entries[id].level === level);
      const { wanted, key, bare, dropped, mended } = read(text);
      const [name, ...others] = namesOf(key);
      const found = () => (name ? asNamed(name, fits) : ranked(wanted, key, bare, fits));
      const { all, some, terms } = wanted.length ? found() : { all: text ? [] : listed(fits), some: [], terms: [] };
      // The name that fewer have tells more: "TTL" is said of nothing else, "time" and "live" are.
      const told = [all, ...others.map((other) => asNamed(other, fits).all)].sort((a, b) => a.length - b.length);
      const named = told.flat();
      const light = (/** @type {number} */ id) => entries[id].weight <= LIGHT;
      const ids = [...new Set([...all.slice(0, 1), ...named.filter((id) => !light(id)), ...named.filter(light), ...some])];
      // Filtered by kind, all may stand on one page: the glossary, the sources.
      const first = (group || level ? ids : spread(ids)).slice(0, SHOWN).map((id) => ({ ...entries[id], asked: asked(entries[id], key) }));
      return { found: ids.length, shown: first, dropped, mended, terms: new Set(terms) };
    },

    said,

    marks: (text, { terms }) => excerptOf(words, text, terms),
  };
};
