// The address of a plan: ids and numbers only. What an address or the storage gives is read by known values; what is not
// one of them is replaced, and said in words that do not repeat it.

/** @typedef {{ track: string, level: string, weeks: number, hours: number, start: string, end: string, skip: string }} Choice */
/** @typedef {{ tracks: [string, string][], levels: string[], weeks: number[], hours: number[] }} Known */

const DAY = 86_400_000;

/** The number of a day since 1970 from YYYY-MM-DD, NaN for what is not a day of 2020 to 2099. @param {string} text */
export const dayOf = (text) => {
  if (!/^20[2-9]\d-\d\d-\d\d$/.test(text)) return NaN;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY;
  return isoOf(day) === text ? day : NaN;
};

/** YYYY-MM-DD of a day's number, "" for none. @param {number} day */
export const isoOf = (day) => (Number.isFinite(day) ? new Date(day * DAY).toISOString().slice(0, 10) : "");

/** The day it is where the reader is. */
export const today = () => {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
};

/** 1 for Monday to 7 for Sunday. @param {number} day */
export const weekdayOf = (day) => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * The choice that an address makes, and what of it could not be used, in words.
 * @param {string} query @param {Known} known @returns {{ choice: Choice, notes: string[] }}
 */
export const read = (query, known) => {
  const given = new URLSearchParams(query);
  /** @type {string[]} */
  const notes = [];
  /** @template T @param {string} name @param {T[]} values @param {T} usual @param {string} words */
  const one = (name, values, usual, words) => {
    const text = given.get(name);
    if (text === null) return usual;
    const found = values.find((value) => String(value) === text);
    if (found === undefined) notes.push(words);
    return found ?? usual;
  };
  /** @param {string} name @param {string} words */
  const date = (name, words) => {
    const text = given.get(name) ?? "";
    if (!text || Number.isFinite(dayOf(text))) return text;
    notes.push(words);
    return "";
  };
  one("v", [1], 1, "The address is of another version of this page; what could be read of it is shown.");
  const [track, title] = known.tracks[0];
  const choice = {
    track: one("track", known.tracks.map(([id]) => id), track, `The address asks for a track that is not here; ${title} is shown.`),
    level: one("level", known.levels, "l5", "The address asks for a level that is not here; L5 is shown."),
    weeks: one("weeks", known.weeks, 4, "The address asks for a length that is not here; four weeks are shown."),
    hours: one("hours", known.hours, 6, "The address asks for hours a week that are not here; six are shown."),
    start: date("start", "The first day in the address is not a date; none is set."),
    end: date("end", "The interview's day in the address is not a date; none is set."),
    skip: "",
  };
  const skip = given.get("skip") ?? "";
  if (/^(?!.*(.).*\1)[1-7]{0,6}$/.test(skip)) choice.skip = [...skip].sort().join("");
  else notes.push("The days to skip in the address cannot be used; none is skipped.");
  return { choice, notes };
};

/** The query of a choice, the same text for the same choice. @param {Choice} choice */
export const write = (choice) => {
  const query = new URLSearchParams({ v: "1", level: choice.level, track: choice.track, weeks: String(choice.weeks), hours: String(choice.hours) });
  for (const name of /** @type {const} */ (["start", "end", "skip"])) if (choice[name]) query.set(name, choice[name]);
  return query.toString();
};
