// Reads a query: which forms it asks for, what nobody here knows, and what was taken for a slip of the hand.

/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./records.js").Library} Library */
/** A word of a query: the forms that answer it, and whether more letters may follow. @typedef {{forms: string[], open: boolean}} Wanted */
/** @typedef {{wanted: Wanted[], key: string, dropped: string[], mended: [string, string][]}} Reading */

// See answer.js for the address.
const { nearest } = /** @type {typeof import("./words.js")} */ (await import(`./words.js${new URL(import.meta.url).search}`));
const GROWN = 8; // words that a beginning may become

/**
 * @param {Library} library
 * @param {Words} words
 * @returns {(text: string) => Reading} `key` is the whole query in forms, to be compared with those of names
 */
export const readerOf = ({ engine, names, known }, words) => {
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

  return (text) => {
    const spelled = words.spelled(text);
    const said = spelled.filter(words.says);
    const typed = said.length ? said : spelled;
    /** @type {Reading} */
    const out = { wanted: [], key: "", dropped: [], mended: [] };
    const want = (/** @type {string} */ word, /** @type {string[]} */ forms, open = false) => {
      out.wanted.push({ forms, open });
      out.key += `${out.key && " "}${words.form(word)}`;
    };
    for (const [at, word] of typed.entries()) {
      const last = at === typed.length - 1;
      // "hot key" is also "hotkey", and "fail over" the "failover" that the guide has.
      const joins = [typed[at - 1] && typed[at - 1] + word, !last && word + typed[at + 1]].flatMap((joined) => (joined ? [words.form(joined)] : [])).filter(known);
      const forms = [...formsOf(word, last), ...joins];
      if (forms.length) {
        want(word, forms, last && word.length > 2);
        continue;
      }
      const parts = halves(word);
      const meant = parts.length ? "" : nearest(word, names);
      if (meant) out.mended.push([word, meant]);
      // Bare numbers and letters are in the guide and not in its index: nothing is said of them.
      else if (!parts.length && !/^(\d+|.)$/.test(word)) out.dropped.push(word);
      for (const part of meant ? [meant] : parts) want(part, [words.form(part)]);
    }
    return out;
  };
};
