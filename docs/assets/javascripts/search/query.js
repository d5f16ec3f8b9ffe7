// Reads a query: which forms it asks for, what nobody here knows, and what was taken for a slip of the hand.

/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./records.js").Library} Library */
/**
 * A word of a query: the forms that answer it, those that answer it in other words, whether more letters may follow,
 * whether an answer may lack it, and how much it tells.
 * @typedef {{forms: string[], also: string[], open: boolean, weak: boolean, weight: number}} Wanted
 */
/** @typedef {{wanted: Wanted[], key: string, bare: string, dropped: string[], mended: [string, string][]}} Reading */

// See answer.js for the address.
const { nearest } = /** @type {typeof import("./words.js")} */ (await import(`./words.js${new URL(import.meta.url).search}`));
const SLIGHT = 0.2; // of its weight is what a weak word has
const SENTENCE = 4; // words
const LONGEST = 500; // characters: a whole pasted question is read, and not a whole page
const GROWN = 8; // words that a beginning may become

/**
 * @param {Library} library
 * @param {Words} words
 * @returns {(text: string) => Reading} `key` is the whole query in forms, to be compared with those of names, and `bare` the same without weak words
 */
export const readerOf = ({ engine, names, known, tells, weak, openings, synonyms }, words) => {
  /** The forms that a typed word asks for; the last word may still be growing. */
  const formsOf = (/** @type {string} */ word, /** @type {boolean} */ last) => {
    const form = words.form(word);
    if (known(form)) return [form];
    if (!last || word.length < 2) return [];
    const grown = [...names.keys()].filter((name) => name.startsWith(word)).slice(0, GROWN).map(words.form);
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

  /** How much a word tells: one that few texts have more than one that many have. @param {string[]} forms */
  const weightOf = (forms) => Math.min(...forms.map(tells));

  return (text) => {
    const lower = text.slice(0, LONGEST).toLowerCase();
    const opening = openings.find(([pattern]) => pattern.test(lower) && lower.replace(pattern, "").trim());
    const spelled = [...new Set(words.spelled(opening ? lower.replace(opening[0], "") : lower))];
    const said = spelled.some(words.says) ? spelled.filter(words.says) : spelled;
    const allWeak = said.every((word) => weak.has(words.form(word)));
    /** @type {Reading} */
    const out = { wanted: [], key: "", bare: "", dropped: [], mended: [] };
    const want = (/** @type {string} */ word, /** @type {string[]} */ forms, open = false) => {
      const slight = !allWeak && weak.has(words.form(word));
      const also = (synonyms.get(words.form(word)) ?? []).filter(known);
      out.wanted.push({ forms, also, open: open && !slight, weak: slight, weight: weightOf(forms) * (slight ? SLIGHT : 1) });
      out.key += `${out.key && " "}${words.form(word)}`;
      if (!slight) out.bare += `${out.bare && " "}${words.form(word)}`;
    };
    for (const [at, word] of spelled.entries()) {
      if (!said.includes(word)) continue;
      const last = at === spelled.length - 1;
      // "hot key" is also "hotkey", and "fail over" the "failover" that the guide has.
      const joins = [spelled[at - 1] && spelled[at - 1] + word, !last && word + spelled[at + 1]].flatMap((joined) => (joined ? [words.form(joined)] : [])).filter(known);
      const forms = [...formsOf(word, last), ...joins];
      if (forms.length) {
        // In a whole sentence the last word is complete.
        want(word, forms, last && word.length > 2 && (said.length < SENTENCE || !known(words.form(word))));
        continue;
      }
      const meant = synonyms.get(words.form(word))?.filter(known) ?? [];
      if (meant.length) {
        want(word, meant);
        continue;
      }
      const parts = halves(word);
      const near = parts.length ? "" : nearest(word, names);
      if (near) out.mended.push([word, near]);
      // Bare numbers and letters are in the guide and not in its index: nothing is said of them.
      else if (!parts.length && !/^(\d+|.)$/.test(word)) out.dropped.push(word);
      for (const part of near ? [near] : parts) want(part, [words.form(part)]);
    }
    // Where nothing was read but by mending, and more was not read at all, the words mean something else.
    if (out.dropped.length > out.mended.length && out.wanted.length === out.mended.length) {
      return { ...out, wanted: [], dropped: [...out.dropped, ...out.mended.map(([word]) => word)], mended: [] };
    }
    for (const form of opening && out.wanted.length ? opening[1].split(" ").map(words.form) : []) {
      out.wanted.push({ forms: [form], also: [], open: false, weak: true, weight: weightOf([form]) });
    }
    return out;
  };
};
