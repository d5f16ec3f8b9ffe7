// Checklists: a tick stays in this browser, under the row's permanent id. Nothing leaves the browser.

const OLD = "hp-checks"; // of an earlier release: read until something is kept under the key of this guide
const KEY = `${OLD}${document.documentElement.dataset.hpBase ?? ""}`;
const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-hp-check]"));

/** @returns {Set<string>} ids ticked so far; what is not ours is ignored */
const stored = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? localStorage.getItem(OLD) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : []);
  } catch {
    return new Set();
  }
};

/** Say at the box that ticks will not be kept. @param {HTMLElement} box */
const warn = (box) => {
  document.getElementById("hp-not-kept")?.remove(); // said at an earlier box
  const note = document.createElement("p");
  note.id = "hp-not-kept";
  note.setAttribute("role", "status");
  box.closest("li")?.append(note);
  // A region that comes together with its words is not read aloud.
  setTimeout(() => {
    note.textContent = "This browser does not keep ticks (storage is off or full). Print the page to keep them on paper.";
  }, 60);
};

const show = () => {
  const ticked = stored();
  for (const box of boxes) box.checked = ticked.has(box.dataset.hpCheck ?? "");
};

if (boxes.length) {
  show();
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const ticked = stored();
      const id = box.dataset.hpCheck ?? "";
      if (box.checked) ticked.add(id);
      else ticked.delete(id);
      try {
        localStorage.setItem(KEY, JSON.stringify([...ticked]));
      } catch {
        warn(box);
      }
    });
  }
  // Another tab, or a return by the back button, may have changed them.
  addEventListener("storage", (event) => event.key === KEY && show());
  addEventListener("pageshow", show);
}
