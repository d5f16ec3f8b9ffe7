// Cuts an excerpt: where a text says most of what was looked for.

const LENGTH = 50; // words and what is between them
const BEFORE = 9; // of these, before the first that matched

/**
 * @param {import("./words.js").Words} words
 * @param {string} text
 * @param {Set<string>} terms the forms that matched
 * @returns {[string, boolean][]} the excerpt in pieces, each with whether it is such a word
 */
export const excerptOf = (words, text, terms) => {
  const pieces = text.split(/([\p{L}\p{N}]+)/u); // words at odd places
  const hit = pieces.map((piece, at) => at % 2 === 1 && words.spelled(piece).some((word) => words.says(word) && terms.has(words.form(word))));
  const counts = hit.map((here, at) => (here ? hit.slice(at, at + LENGTH - BEFORE).filter(Boolean).length : 0));
  const most = counts.indexOf(Math.max(...counts)); // a word that matched, and more of them after it than after any other
  const start = most < LENGTH / 2 ? 0 : most - BEFORE;
  const end = Math.min(start + LENGTH, pieces.length);
  const cut = pieces.slice(start, end).map((piece, at) => /** @type {[string, boolean]} */ ([piece, hit[start + at]]));
  if (start) cut.unshift(["… ", false]);
  if (end < pieces.length) cut.push([" …", false]);
  return cut;
};
