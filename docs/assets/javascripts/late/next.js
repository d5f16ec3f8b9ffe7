// The next open task of the reader's own plan, in a line between a page's text and its sources. The room is kept by the
// stylesheet for whoever has a plan.
import { next } from "../plan-next.js";
import { isOfTicks } from "../plan-progress.js";
import { root } from "../site.js";

const place = document.querySelector(".hp-next");

const show = async () => {
  const mine = await next().catch(() => null); // no network, or a plan of another release: the line leads to My plan
  if (!mine) return;
  const words = document.createElement("span");
  words.textContent = mine.next ? `Next in your plan, ${mine.next.minutes} min: ` : "Every task of your plan is done. ";
  const link = document.createElement("a");
  link.href = mine.href || new URL("plan/mine/", root).href;
  link.textContent = mine.next ? mine.next.do : "My plan";
  place?.replaceChildren(words, link);
};

if (place) {
  void show();
  addEventListener("storage", (event) => isOfTicks(event) && void show());
  addEventListener("pageshow", (event) => event.persisted && void show());
  document.addEventListener("change", () => void show()); // a box of this page may be a task
}
