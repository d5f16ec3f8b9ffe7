// Checklists: a tick stays in this browser, under the row's permanent id. Nothing leaves the browser.
import { announce, make } from "./dom.js";
import { keep, readStored, storageKey } from "./storage.js";

const KEY = "hp-checks";
const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-hp-check]"));

/** @returns {Set<string>} ids ticked so far; what is not ours is ignored */
const readTicks = () => {
  const kept = readStored(KEY);
  return new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : []);
};

/** Say at the box that ticks will not be kept. @param {HTMLElement} box */
const warn = (box) => {
  document.getElementById("hp-not-kept")?.remove(); // said at an earlier box
  const note = make("p", { id: "hp-not-kept", role: "status" });
  box.closest("li")?.append(note);
  announce(note, "This browser does not keep ticks (storage is off or full). Print the page to keep them on paper.");
};

const show = () => {
  const ticked = readTicks();
  for (const box of boxes) box.checked = ticked.has(box.dataset.hpCheck ?? "");
};

if (boxes.length) {
  show();
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const ticked = readTicks();
      const id = box.dataset.hpCheck ?? "";
      if (box.checked) ticked.add(id);
      else ticked.delete(id);
      if (!keep(KEY, [...ticked])) warn(box);
    });
  }
  // Another tab, or a return by the back button, may have changed them.
  addEventListener("storage", (event) => event.key === storageKey(KEY) && show());
  addEventListener("pageshow", show);
}
