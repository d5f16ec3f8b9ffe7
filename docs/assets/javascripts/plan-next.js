// What comes next in the reader's own plan, for any page that wants to say it.
import { read } from "./plan-address.js";
import { dated, decode, pathOf, placeOf } from "./plan-days.js";
import { ownPlan, ticked } from "./plan-progress.js";
import { root } from "./site.js";

/** @typedef {{ id: string, do: string, minutes: number, output: string, name: string, at: string, to: string, levels: string[] }} Task */
/** @typedef {{ reader: string, weeks: number, tasks: Task[], done: number, next: Task | null, href: string }} Next `tasks` in the order of their days, `href` where the next one is done */

/** @param {string} name */
const fetched = async (name) => {
  const answer = await fetch(new URL(`data/plan/${name}`, import.meta.url));
  if (!answer.ok) throw new Error(name);
  return answer.json();
};

/** The reader's own plan and its first open task; null where they have chosen none. Fails without a network. @returns {Promise<Next | null>} */
export const next = async () => {
  const mine = ownPlan();
  if (!mine) return null;
  const plans = await fetched("plans.json");
  const { choice } = read(mine.plan, plans);
  const track = await fetched(`plan-${choice.track}.json`);
  /** @type {Task[]} */
  const all = track.tasks.filter((/** @type {Task} */ task) => task.levels.includes(choice.level));
  const known = new Map(all.map((task) => [task.id, task]));
  const weeks = decode(track.plans[choice.level][placeOf(choice, plans)], all.map((task) => task.id));
  const days = dated(weeks, choice, mine.moved).sort((a, b) => a.date - b.date || a.number - b.number);
  const tasks = days.flatMap((day) => day.tasks.flatMap((id) => known.get(id) ?? []));
  const done = ticked();
  const open = tasks.filter((task) => !done.has(task.id));
  const title = plans.tracks.find((/** @type {string[]} */ [id]) => id === choice.track)[1];
  return { reader: `${title}, ${choice.level.toUpperCase()}`, weeks: choice.weeks, tasks, done: tasks.length - open.length, next: open[0] ?? null, href: open[0] ? new URL(pathOf(open[0]), root).href : "" };
};
