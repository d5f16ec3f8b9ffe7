// The days of a plan: which tasks, on which date, and where a missed day goes.
import { dayOf, weekdayOf } from "./plan-address.js";

/** @typedef {import("./plan-address.js").Choice} Choice */
/** @typedef {{ number: number, week: number, date: number, tasks: string[] }} Day `number` counts study days from 1; `date` is NaN in a plan without one */

const FAR = 60; // days; nobody moves a task further

/** The number that a character stands for, as macros/exports/plans.py writes it. @param {string} one */
const numberOf = (one) => {
  const code = one.charCodeAt(0);
  const ascii = code > 0xa0 ? code - 0x22 : code;
  return ascii - (ascii > 0x5c ? 1 : 0) - 0x23;
};

/** Weeks of days of task ids. @param {string} text @param {string[]} ids those of all tasks of the track and level @returns {string[][][]} */
export const decode = (text, ids) => {
  let last = -1;
  /** @param {string} one */
  const next = (one) => ids[(last = (last + 1 + numberOf(one)) % ids.length)];
  return text.split("!").map((week) => week.split(" ").map((day) => [...day].map(next)));
};

/** Where the plan of a choice stands among those of its track and level, as macros/exports/plans.py has them. @param {Choice} choice @param {{ weeks: number[], hours: number[] }} known */
export const placeOf = ({ weeks, hours }, known) => (weeks ? 1 + (known.weeks.indexOf(weeks) - 1) * known.hours.length + known.hours.indexOf(hours) : 0);

/** How many days a plan takes. @param {Choice} choice */
export const span = (choice) => (choice.weeks ? choice.weeks * 7 : 1);

/** The first day: as chosen, or so that the plan ends on the day before the interview; NaN for none. @param {Choice} choice */
export const firstDay = (choice) => (choice.start ? dayOf(choice.start) : choice.end ? dayOf(choice.end) - span(choice) : NaN);

/**
 * The days that have tasks. The study days of a week are spread over its days that are not skipped; a moved one is where it was moved to.
 * @param {string[][][]} weeks @param {Choice} choice @param {Record<string, number>} moved @returns {Day[]}
 */
export const dated = (weeks, choice, moved) => {
  const first = firstDay(choice);
  let number = 0;
  return weeks.flatMap((days, week) => {
    const open = [0, 1, 2, 3, 4, 5, 6].map((day) => first + week * 7 + day).filter((day) => !choice.weeks || !choice.skip.includes(String(weekdayOf(day))));
    return days.flatMap((tasks, index) => {
      number += 1;
      const date = Number.isFinite(first) ? (moved[number] ?? open[Math.floor((index * open.length) / days.length)]) : NaN;
      return tasks.length ? [{ number, week: week + 1, date, tasks }] : [];
    });
  });
};

/**
 * Where a missed day goes: the first day from today without tasks, that is not skipped and before the interview; where there
 * is none, the next day with the fewest tasks; NaN when no day is left.
 * @param {Day[]} days @param {Choice} choice @param {number} from
 */
export const nextFree = (days, choice, from) => {
  const last = choice.end ? dayOf(choice.end) - 1 : firstDay(choice) + span(choice) - 1;
  /** @type {Map<number, number>} */
  const load = new Map();
  for (let day = from; day <= Math.min(Math.max(last, choice.end ? last : from), from + FAR); day++) if (!choice.skip.includes(String(weekdayOf(day)))) load.set(day, 0);
  for (const day of days) if (load.has(day.date)) load.set(day.date, (load.get(day.date) ?? 0) + day.tasks.length);
  return [...load].reduce(([best, least], [day, count]) => (count < least ? [day, count] : [best, least]), [NaN, Infinity])[0];
};

/** Where a task is done, below the site's root. @param {{ to: string, at: string }} task */
export const pathOf = ({ to, at }) => (to.endsWith("#") ? to + at : to);
