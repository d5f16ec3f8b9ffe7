// Scripts that only some pages or readers need, brought when there is what they are for.

if (document.querySelector("details.hp-prompt")) void import(new URL("mock.js", import.meta.url).href);
const ticks = () => {
  try {
    return localStorage.getItem(`hp-checks${document.documentElement.dataset.hpBase ?? ""}`) ?? localStorage.getItem("hp-checks");
  } catch {
    return null; // storage is off: there are none
  }
};
// A box whose id is gone has a successor, which has to be looked up.
if (document.querySelector("[data-hp-check]") && ticks()?.includes('"')) void import(new URL("plan-ticks.js", import.meta.url).href).then((module) => module.bringForward());

if (document.querySelector(".hp-plan")) void import(new URL("plan.js", import.meta.url).href);
if (document.querySelector(".hp-progress")) void import(new URL("plan-overview.js", import.meta.url).href);

// A picture opens in a window of its own; where that cannot come, the link leads to its file.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = /** @type {HTMLAnchorElement | null} */ (event.target.closest("a.hp-enlarge, figure svg")?.closest("figure")?.querySelector("a.hp-enlarge"));
  if (!link || getSelection()?.type === "Range") return;
  event.preventDefault();
  import(new URL("enlarge.js", import.meta.url).href).then((module) => module.enlarge(link), () => location.assign(link.href));
});
