// My progress: what is next, and how much of the plan and of each checklist is done. The page itself says what there is.
import { next } from "./plan-next.js";
import { isOfTicks, ticked } from "./plan-progress.js";
import { bringForward } from "./plan-ticks.js";
import { root } from "./site.js";

/** The checklists, whose ids stand in the page. */
const drawLists = () => {
  const done = ticked();
  let ready = true; // a level asks for every box of those below it too
  for (const bar of /** @type {NodeListOf<HTMLProgressElement>} */ (document.querySelectorAll("progress[data-hp-boxes]"))) {
    const ids = (bar.dataset.hpBoxes ?? "").split(" ");
    bar.value = ids.filter((id) => done.has(id)).length;
    const line = bar.closest("li");
    const words = line?.querySelector("[data-hp-count]");
    if (words) words.textContent = `${bar.value} of ${ids.length} boxes`;
    const rule = /** @type {HTMLElement | null | undefined} */ (line?.querySelector("[data-hp-rule]"));
    if (!rule) continue;
    ready &&= bar.value === ids.length;
    rule.textContent = `${ready ? "now:" : "when"} ${rule.dataset.hpRule}`;
  }
};

/** The plan, whose tasks have to be fetched. @param {HTMLElement} place */
const drawPlan = async (place) => {
  const line = place.querySelector('[data-hp-part="plan"]');
  const task = place.querySelector('[data-hp-part="task"]');
  if (!line || !task) return;
  const found = await next().catch(() => undefined);
  if (found === null) return; // what the page says without a plan holds
  if (!found) {
    task.textContent = "Your plan could not be loaded. Is there a network? Load the page again.";
    return;
  }
  const count = line.querySelector(".hp-count") ?? "";
  if (count) {
    const bar = count.querySelector("progress");
    if (bar) [bar.max, bar.value] = [found.tasks.length, found.done];
    count.querySelector("[data-hp-count]")?.replaceChildren(`${found.done} of ${found.tasks.length} tasks`);
  }
  const plan = document.createElement("a");
  [plan.href, plan.textContent] = [new URL("plan/mine/", root).href, found.reader];
  line.replaceChildren(plan, " ", count);
  if (!found.next) {
    task.textContent = "Every task of your plan is done.";
    return;
  }
  const link = document.createElement("a");
  [link.href, link.textContent] = [found.href, found.next.name];
  task.replaceChildren(`Next: ${found.next.do} It takes ${found.next.minutes} minutes. Open `, link, ".");
};

const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-hp-script="plan-overview"]'));
const draw = () => {
  drawLists();
  if (place) void drawPlan(place);
};
await bringForward();
draw();
addEventListener("storage", (event) => (isOfTicks(event) || event.key?.startsWith("hp-plan")) && draw());
addEventListener("pageshow", draw);
