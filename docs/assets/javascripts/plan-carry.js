// Progress as a link: what the fold shows to be carried, and what a link that was opened would add. Loaded on use only.
import * as progress from "./plan-progress.js";
import { known, packed, unpacked } from "./plan-ticks.js";
import { generate } from "./vendor/lean-qr/index.js";

const [LONGEST, QUIET] = [366, 4]; // bytes in version 12, which a telephone still reads off a screen; modules of white around
const SVG = "http://www.w3.org/2000/svg";

/** The address of a plan with all ticks of this browser. @param {string} address */
export const link = async (address) => address + packed(progress.ticked(), await known());

/** A QR code, null when the text is too long for one. @param {string} text */
export const code = (text) => {
  if (text.length > LONGEST) return null; // an address has no other characters than those of a byte
  const found = generate(text);
  const picture = document.createElementNS(SVG, "svg");
  const dark = document.createElementNS(SVG, "path");
  let path = "";
  for (let y = 0; y < found.size; y++) for (let x = 0; x < found.size; x++) if (found.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  dark.setAttribute("d", path);
  const edge = found.size + 2 * QUIET;
  for (const [name, value] of Object.entries({ viewBox: `${-QUIET} ${-QUIET} ${edge} ${edge}`, class: "hp-qr", role: "img", "aria-label": "QR code of the link" })) picture.setAttribute(name, value);
  picture.append(dark);
  return picture;
};

/** What a fragment would add to the ticks here, and a way to add it. @param {string} fragment */
export const arrived = async (fragment) => {
  const { ids, beyond, wrong } = unpacked(fragment, await known());
  const here = progress.ticked();
  return { count: ids.length, fresh: ids.filter((id) => !here.has(id)).length, beyond, wrong, join: () => progress.join(ids) };
};
