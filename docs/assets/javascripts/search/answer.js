// Answers a query: whole names first, then texts. Loaded when a reader first searches.

/** @typedef {import("./records.js").Entry} Entry */
/** @typedef {{found: number, shown: Entry[], dropped: string[], mended: [string, string][], terms: Set<string>}} Answer */
/** @typedef {{text: string, group: string, level: string}} Query */
/** A word of a query: the forms that answer it, and whether more letters may follow. @typedef {{forms: string[], open: boolean}} Wanted */
/** @typedef {{id: number, score: number, share: number, covered: boolean, named: boolean, phrase: boolean, terms: string[]}} Hit */

// A failed import is remembered by its address, so a second try asks by another one: this file's own, handed on.
const again = new URL(import.meta.url).search;
const [{ wordsBy, nearest }, { libraryOf }, { default: MiniSearch }] = await Promise.all([
  import(`./words.js${again}`),
  import(`./records.js${again}`),
  // MiniSearch 7.2.0, as npm has it: it ranks by BM25, finds by prefix and counts a match by field, in 8 kB without WebAssembly.
  import(`../vendor/minisearch/index.js${again}`),
]);

const SHOWN = 12;
const NAMES = 6; // so many hits by name stand before the hits by text, and so many of these before sources
const PER_PAGE = 3;
const WEIGHTY = 2; // of pages, components and terms: named in a longer query, they are meant
const LIGHT = 0.5; // of sources and boxes to tick
const EXCERPT = 50; // words and what is between them
const FIELDS = { boost: { title: 6, also: 6 }, weights: { fuzzy: 0.3, prefix: 0.4 } };
const [EXACT, LOW_EXACT, BEGINS, LOW_BEGINS, CONTAINS] = [8, 2, 2, 0.5, 1.6];

/**
 * @param {any} data what search/index.json holds
 * @returns {Promise<{groups: string[], levels: string[], answer: (query: Query) => Answer, marks: (text: string, answer: Answer) => [string, boolean][]}>}
 *   what can be filtered by, the answer to a query, and the excerpt of a text in pieces, each with whether it matched
 */
export const open = async (data) => {
  const words = wordsBy(data.rules, data.stops);
  const { engine, entries, names, known, common } = await libraryOf(MiniSearch, data, words);

  /** What is wanted by a text, what nobody here knows, and what was taken for a slip. @param {string} text */
  const read = (text) => {
    const spelled = words.spelled(text);
    const said = spelled.filter(words.says);
    const typed = said.length ? said : spelled;
    /** @type {{wanted: Wanted[], key: string, dropped: string[], mended: [string, string][]}} */
    const out = { wanted: [], key: "", dropped: [], mended: [] };
    /** @type {string[]} */
    const key = [];
    for (const [at, word] of typed.entries()) {
      const last = at === typed.length - 1;
      const forms = formsOf(word, last);
      // "hot key" is also "hotkey", and "fail over" the "failover" that the guide has.
      const joins = [typed[at - 1] && typed[at - 1] + word, typed[at + 1] && word + typed[at + 1]].filter(Boolean).map((joined) => words.form(joined)).filter(known);
      if (forms.length || joins.length) {
        out.wanted.push({ forms: [...forms, ...joins], open: last && word.length > 2 });
        key.push(words.form(word));
        continue;
      }
      const parts = halves(word);
      const meant = parts.length ? "" : nearest(word, names);
      if (meant) out.mended.push([word, meant]);
      else if (!parts.length) out.dropped.push(word);
      for (const part of meant ? [meant] : parts) {
        out.wanted.push({ forms: [words.form(part)], open: false });
        key.push(words.form(part));
      }
    }
    out.key = key.join(" ");
    return out;
  };

  /** The forms that a typed word asks for; the last word may still be growing. */
  const formsOf = (/** @type {string} */ word, /** @type {boolean} */ last) => {
    const form = words.form(word);
    if (known(form)) return [form];
    if (!last || word.length < 2) return [];
    const grown = [...names.keys()].filter((name) => name.startsWith(word)).slice(0, 8).map(words.form);
    return engine.search(word, { prefix: true }).length ? [word, ...grown] : grown;
  };

  /** "writethrough" as two known words; none when it is not. @param {string} word */
  const halves = (word) => {
    for (let at = 3; at <= word.length - 3; at++) {
      const pair = [word.slice(0, at), word.slice(at)];
      if (pair.every((part) => names.has(part))) return pair;
    }
    return [];
  };

  /** @param {Wanted[]} wanted @param {string[]} fields @param {(id: number) => boolean} fits @returns {Hit[]} */
  const hits = (wanted, fields, fits) => {
    const open = new Set(wanted.filter((one) => one.open).flatMap((one) => one.forms));
    const query = [...new Set(wanted.flatMap((one) => one.forms))].join(" ");
    const prefix = (/** @type {string} */ term) => open.has(term) && term.length > 2;
    const results = engine.search(query, { ...FIELDS, fields, prefix, filter: (/** @type {any} */ { id }) => fits(id) });
    return results.map((/** @type {any} */ { id, score, queryTerms, match }) => {
      const share = wanted.filter((one) => one.forms.some((form) => queryTerms.includes(form))).length / wanted.length;
      const terms = Object.keys(match);
      // Whole names, that is, and not the words of an address, which come last.
      const covered = entries[id].keys.slice(0, -1).some((key) => key.split(" ").every((form) => terms.includes(form)));
      const named = terms.some((term) => match[term].includes("title") || match[term].includes("also"));
      return { id, share, covered, named, phrase: false, terms, score: score * share ** 2 };
    });
  };

  /** @param {Hit[]} found */
  const best = (found) => found.reduce((most, { score }) => Math.max(most, score), 0);

  /** Hits by name, better where the name is, begins with or holds the whole query. */
  const byName = (/** @type {Wanted[]} */ wanted, /** @type {string} */ key, /** @type {(id: number) => boolean} */ fits) => {
    const found = hits(wanted, ["title", "also", "around"], fits).filter((hit) => hit.named);
    const top = best(found);
    for (const hit of found) {
      const { keys, weight, kind, target } = entries[hit.id];
      const around = keys.map((one) => ` ${one} `);
      const at = keys.indexOf(key);
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
      .map((hit) => ({ ...hit, score: hit.score * Math.sqrt(entries[hit.id].weight) }))
      .sort((a, b) => b.score - a.score);
  };

  /** Everything that answers, best first: whole names, texts with every word, then what has some of the words. */
  const ranked = (/** @type {Wanted[]} */ wanted, /** @type {string} */ key, /** @type {(id: number) => boolean} */ fits) => {
    const [named, told] = [byName(wanted, key, fits), byText(wanted, fits)];
    const whole = named.filter((hit) => hit.share === 1 || (hit.covered && entries[hit.id].weight >= WEIGHTY));
    const full = told.filter((hit) => hit.share === 1);
    // A source or a box to tick is not what is looked for, unless it alone is named so.
    const own = (/** @type {Hit[]} */ several) => several.filter((hit) => entries[hit.id].weight > LIGHT).slice(0, NAMES);
    const alone = own(whole).some((hit) => hit.phrase) ? [] : whole.filter((hit) => hit.phrase).slice(0, NAMES);
    const ids = [...own(whole), ...alone, ...own(full), ...whole.slice(0, NAMES), ...full, ...named, ...told].map((hit) => hit.id);
    return { ids: [...new Set(ids)], terms: [...named, ...told].flatMap((hit) => hit.terms) };
  };

  /** The other names of what has just this name: a reader of "TTL" looks for "time to live" too. @param {string} key */
  const otherNames = (key) => {
    const same = entries.find((entry) => entry.kind === "Term" && entry.keys.includes(key));
    return same ? same.keys.filter((one) => one && one !== key) : [];
  };

  /** The first, and not too many of one page. @param {number[]} ids */
  const spread = (ids) => {
    /** @type {Map<string, number>} */
    const used = new Map();
    return ids.filter((id) => {
      const page = entries[id].page;
      used.set(page, (used.get(page) ?? 0) + 1);
      return (used.get(page) ?? 0) <= PER_PAGE;
    });
  };

  /** Everything that fits, what counts most first. @param {(id: number) => boolean} fits */
  const listed = (fits) => entries.flatMap((_, id) => (fits(id) ? [id] : [])).sort((a, b) => entries[b].weight - entries[a].weight);

  return {
    groups: data.groups,
    levels: [...new Set(entries.map((entry) => entry.level))].filter(Boolean).sort(),

    answer: ({ text, group, level }) => {
      const fits = (/** @type {number} */ id) => (!group || entries[id].group === group) && (!level || entries[id].level === level);
      const { wanted, key, dropped, mended } = read(text);
      const { ids, terms } = wanted.length ? ranked(wanted, key, fits) : { ids: text ? [] : listed(fits), terms: [] };
      for (const other of otherNames(key)) ids.push(...ranked(other.split(" ").map((form) => ({ forms: [form], open: false })), other, fits).ids);
      const all = [...new Set(ids)];
      // Filtered by kind, all may stand on one page: the glossary, the sources.
      const first = (group || level ? all : spread(all)).slice(0, SHOWN).map((id) => entries[id]);
      return { found: all.length, shown: first, dropped, mended, terms: new Set(terms) };
    },

    marks: (text, { terms }) => {
      const pieces = text.split(/([\p{L}\p{N}]+)/u); // words at odd places
      const hit = pieces.map((piece, at) => at % 2 === 1 && words.spelled(piece).some((word) => words.says(word) && terms.has(words.form(word))));
      const counts = hit.map((_, at) => hit.slice(at, at + EXCERPT).filter(Boolean).length);
      const most = counts.indexOf(Math.max(...counts));
      const start = most < EXCERPT / 2 ? 0 : Math.max(0, most - 9); // some words before the first that matched
      const end = Math.min(start + EXCERPT, pieces.length);
      const cut = pieces.slice(start, end).map((piece, at) => /** @type {[string, boolean]} */ ([piece, hit[start + at]]));
      if (start) cut.unshift(["… ", false]);
      if (end < pieces.length) cut.push([" …", false]);
      return cut;
    },
  };
};
