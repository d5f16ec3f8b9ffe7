// Within a page: open what a link points into, open everything for print, mark the place in the contents.

/** Open every <details> around the target of the address, so that a link to a hidden row shows it. */
const reveal = () => {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // not an address of ours
  }
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);

// What one jumps to stands below the header, however many lines that takes.
const header = document.querySelector(".hp-header");
const clear = () => {
  if (header) document.documentElement.style.scrollPaddingTop = `${Math.ceil(header.getBoundingClientRect().height) + 10}px`;
};
clear();
addEventListener("resize", clear);
reveal();
// Until now the inline script's second rule showed what is folded around the target; now the fold is the reader's.
const early = document.adoptedStyleSheets?.[0];
if (early?.cssRules[1]) early.deleteRule(1);

// What is wider than the page scrolls within itself, and can then be reached by keyboard too.
for (const box of document.querySelectorAll("pre")) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Text that scrolls sideways");
  }
}

// Where one is stands in sight in the list of pages, also in a long chapter. Only the list scrolls, never the page.
const pages = document.getElementById("hp-nav");
const here = pages?.querySelector("[aria-current]");
const seen = () => {
  if (!pages || !here) return;
  const below = here.getBoundingClientRect().top - pages.getBoundingClientRect().top;
  if (below > pages.clientHeight - 60) pages.scrollTop += below - pages.clientHeight / 3;
};
seen();
pages?.addEventListener("toggle", seen);

/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const box of opened) box.open = true;
});
addEventListener("afterprint", () => {
  for (const box of opened) box.open = false;
  opened = [];
});

const contents = document.getElementById("hp-toc");
if (contents) {
  // A choice closes the list on a phone, where it lies over the page.
  contents.addEventListener("click", (event) => {
    if (event.target instanceof HTMLAnchorElement && contents.matches(":popover-open")) contents.hidePopover();
  });
  const entries = [...contents.querySelectorAll("a")].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  const NEAR = 120; // px below the window's top: whatever one jumps to stands above it
  let asked = 0;
  /** @type {HTMLAnchorElement | undefined} */
  let marked;
  /**
   * Mark the last heading above the line that one reads at. The line is near the window's top; over the last screen of a page
   * it sinks to the foot, since the last headings never come to the top.
   */
  const mark = () => {
    asked = 0;
    const sunk = 1 - Math.min(1, (document.documentElement.scrollHeight - innerHeight - scrollY) / innerHeight);
    const line = NEAR + (innerHeight - NEAR) * sunk;
    const above = entries.filter(({ heading }) => heading.getBoundingClientRect().top <= line);
    const jumped = sunk > 0 && above.find(({ heading }) => heading.matches(":target") && heading.getBoundingClientRect().top >= 0);
    const { link } = jumped || above.at(-1) || {};
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    marked = link;
  };
  const soon = () => (asked ||= requestAnimationFrame(mark));
  for (const type of ["scroll", "resize", "hashchange"]) addEventListener(type, soon, { passive: true });
  soon();
}
