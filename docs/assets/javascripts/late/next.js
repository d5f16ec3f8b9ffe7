// The next open task of the reader's own plan, in a line between a page's text and its sources. The room is kept by the
// stylesheet for whoever has a plan.
import { read } from "../plan-address.js";
import { dated, decode } from "../plan-days.js";
import { isOfTicks, ownPlan, ticked } from "../plan-progress.js";

const root = new URL("../../../", import.meta.url); // the site's root, below whatever path it is served
const place = document.querySelector(".hp-next");

/** @param {string} name */
const fetched = async (name) => {
  const got = await fetch(new URL(`plan/mine/${name}`, root));
  if (!got.ok) throw new Error(name);
  return got.json();
};

/** The tasks of a plan in the order of its days. @param {NonNullable<ReturnType<typeof ownPlan>>} mine */
const tasksOf = async (mine) => {
  const plans = await fetched("plans.json");
  const { choice } = read(mine.plan, plans);
  const track = await fetched(`plan-${choice.track}.json`);
  const index = choice.weeks ? 1 + (plans.weeks.indexOf(choice.weeks) - 1) * plans.hours.length + plans.hours.indexOf(choice.hours) : 0;
  /** @type {{ id: string, do: string, minutes: number, to: string, levels: string[] }[]} */
  const tasks = track.tasks.filter((/** @type {{ levels: string[] }} */ task) => task.levels.includes(choice.level));
  const days = dated(decode(track.plans[choice.level][index], tasks.map((task) => task.id)), choice, mine.moved);
  const order = days.sort((a, b) => a.date - b.date || a.number - b.number).flatMap((day) => day.tasks); // without dates, by number
  return order.flatMap((id) => tasks.find((task) => task.id === id) ?? []);
};

/** @param {Awaited<ReturnType<typeof tasksOf>>} tasks */
const show = (tasks) => {
  const done = ticked();
  const task = tasks.find(({ id }) => !done.has(id));
  const words = document.createElement("span");
  words.textContent = task ? `Next in your plan, ${task.minutes} min: ` : "Every task of your plan is done. ";
  const link = document.createElement("a");
  link.href = new URL(task ? task.to : "plan/mine/", root).href;
  link.textContent = task ? task.do : "My plan";
  place?.replaceChildren(words, link);
};

const mine = ownPlan();
if (mine && place) {
  tasksOf(mine).then((tasks) => {
    show(tasks);
    addEventListener("storage", (event) => isOfTicks(event) && show(tasks));
    addEventListener("pageshow", (event) => event.persisted && show(tasks));
    document.addEventListener("change", () => show(tasks)); // a box of this page may be a task
  }, () => {}); // no network, or a plan of another release: the line leads to My plan
}
