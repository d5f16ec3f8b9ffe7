// Quick for readers: the page behind a link is asked for as soon as one points at it, touches it or comes to it by Tab, so
// that a click finds it here. Asked for once; never for whoever saves data.
import { root } from "./site.js";

const POINTED = 65; // ms; whoever only passes over a link asks for nothing
const asked = new Set([location.pathname]);

/** Whether the reader saves data, or is on a line that has none to spare. */
const saving = () => {
  const { saveData = false, effectiveType = "" } = /** @type {{ connection?: { saveData: boolean, effectiveType: string } }} */ (navigator).connection ?? {};
  return saveData || effectiveType.includes("2g") || matchMedia("(prefers-reduced-data: reduce)").matches;
};

/** Whether a link leads to another page of the guide: no file, no other host, no place that a query chooses. @param {HTMLAnchorElement} link */
const isPage = (link) => link.origin === root.origin && link.pathname.startsWith(root.pathname) && link.pathname.endsWith("/") && !link.search && !link.hasAttribute("download");

/** @param {HTMLAnchorElement} link */
const prefetch = (link) => {
  if (asked.has(link.pathname) || saving()) return;
  asked.add(link.pathname);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = link.pathname;
  // Where a browser knows no such hint, what a script asks for is in its cache too.
  if (hint.relList.supports("prefetch")) document.head.append(hint);
  else fetch(hint.href).catch(() => {}); // the click will say what is wrong
};

let timer = 0;
/** @param {Event} event */
const meant = (event) => {
  clearTimeout(timer);
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || !isPage(link)) return;
  const touched = event instanceof PointerEvent && event.pointerType === "touch";
  timer = setTimeout(() => prefetch(link), touched ? 0 : POINTED);
};
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, meant, { passive: true });
