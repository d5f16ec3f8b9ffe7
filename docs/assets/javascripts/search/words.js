// Words as the search compares them, by the rules that come with the index (macros/finish/search_words.py has them).

/** @typedef {{spelled: (text: string) => string[], form: (word: string) => string, says: (word: string) => boolean}} Words */

/**
 * @param {[string, string][]} rules
 * @param {string} stops
 * @returns {Words} `spelled` cuts a text into words, `form` gives the one form of a word, `says` whether it says anything
 */
export const wordsBy = (rules, stops) => {
  const patterns = rules.map(([pattern, put]) => /** @type {const} */ ([new RegExp(pattern), put]));
  const silent = new Set(stops.split(" "));
  /** @type {Map<string, string>} */
  const known = new Map();
  return {
    spelled: (text) =>
      text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’](s(?![a-z0-9])|)/g, "").split(/[^a-z0-9]+/).filter(Boolean),
    form: (word) => {
      let form = known.get(word);
      if (form === undefined) {
        form = word.length > 2 ? patterns.reduce((now, [pattern, put]) => now.replace(pattern, put), word) : word;
        known.set(word, form);
      }
      return form;
    },
    says: (word) => !silent.has(word),
  };
};

/** How many letters are put in, left out, changed or swapped with the next; more than `most` is said as `most` + 1. */
const distance = (/** @type {string} */ one, /** @type {string} */ other, /** @type {number} */ most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return Math.min(last[other.length], most + 1);
};

const FAMILIAR = 10; // names that have a word which a slip in a short one may mean

/**
 * The word among `names` that a mistyped word most likely means; '' when none is near. Two slips are believed in a long
 * word only: in a short one they make another word of it ("salary" would be "canary").
 * @param {string} word
 * @param {Map<string, number>} names how often each is used
 */
export const nearest = (word, names) => {
  const most = word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2;
  let best = "";
  let bestCost = most + 0.5;
  for (const [name, uses] of most ? names : []) {
    // The first letter is rarely mistyped, and most often by one that follows it; only a long word stays recognisable then.
    if (name.length < 4 || (name[0] !== word[0] && (name[0] !== word[1] || word.length < 7))) continue;
    if (word.length < 5 && uses < FAMILIAR) continue;
    const far = distance(word, name, most);
    const cost = far + (name[0] === word[0] ? 0 : 1) - Math.min(uses, 40) / 100; // what many names have is meant more often
    if (far <= most && cost < bestCost) [best, bestCost] = [name, cost];
  }
  return best;
};
