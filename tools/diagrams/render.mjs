// Author's tool (make diagrams): draws every data/diagrams/NAME.dot as NAME.svg, to be inlined in a page.
// What comes out is one line of shapes and text in currentColor, without ids, styles or fonts, and carries the sha256 of
// its source, so that `python -m macros check` sees a picture that is older than its text. The site never needs this tool.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { instance } from "@viz-js/viz";

const FOLDER = fileURLToPath(new URL("../../data/diagrams/", import.meta.url));
const WIDEST = 304; // units, a pixel each: what a phone 320 px wide shows without scrolling (pictures.css makes it a little smaller there)
const LARGEST = 4096; // bytes, compressed
const UNIT = 16; // units in one em of the page
const TEXT = { "font-size": "14", "text-anchor": "middle" };

// One style for all; a source may overrule any of it.
const STYLE = {
  graphAttributes: { bgcolor: "transparent", fontname: "Arial", fontsize: 14, nodesep: 0.25, ranksep: 0.35, pad: 0.03 },
  nodeAttributes: { shape: "box", style: "rounded", fontname: "Arial", fontsize: 14, height: 0.3, margin: "0.11,0.06" },
  edgeAttributes: { fontname: "Arial", fontsize: 13, arrowsize: 0.7 },
};

/** Attributes of a tag as [name, value] pairs. */
const pairs = (text) => [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
const rounded = (text) => text.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1))));
const tag = (name, attributes) => `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join("")}`;
const words = (text) =>
  text.replace(/&#(\d+);/g, (entity, code) => (["34", "38", "39", "60", "62"].includes(code) ? entity : String.fromCodePoint(code)));

/** Colour as the page has it. Throws for any but black: a fixed colour cannot be right in both schemes. */
const colour = (value) => {
  if (value === "none" || value === "transparent") return "none";
  if (value === "black") return "currentColor";
  throw new Error(`the colour '${value}' is fixed; only black is used, and dashes or a thicker line tell things apart`);
};

/** Graphviz's SVG in, ours out. Throws where something has no place in a page. */
export function tidy(svg, source) {
  const [, width, height] = svg.match(/viewBox="0\.00 0\.00 ([\d.]+) ([\d.]+)"/);
  const [, left, top] = svg.match(/translate\(([-\d.]+) ([-\d.]+)\)/);
  if (Number(width) > WIDEST) throw new Error(`is ${width} units wide; a phone shows ${WIDEST}. Shorten labels or go top to bottom`);
  const body = svg.slice(svg.indexOf("<svg")).replace(/<!--.*?-->|<title>.*?<\/title>/gs, "");
  const groups = { lines: [], heads: [], texts: [] };
  for (const [, name, given, inside] of body.matchAll(/<(\w+)((?:\s+[\w:-]+="[^"]*")*)\s*(?:\/>|>([^<]*))/g)) {
    if (name === "svg" || name === "g") continue;
    if (name === "text") {
      const kept = pairs(given).filter(([key, value]) => !["xml:space", "font-family"].includes(key) && Number(value) !== Number(TEXT[key] || NaN) && value !== TEXT[key]);
      const shown = kept.filter(([key, value]) => !(key === "fill" && colour(value)));
      groups.texts.push(`${tag("text", shown.map(([key, value]) => [key, rounded(value)]))}>${words(inside)}</text>`);
    } else if (["path", "polygon", "polyline", "ellipse"].includes(name)) {
      const look = Object.fromEntries(pairs(given).map(([key, value]) => [key, ["fill", "stroke"].includes(key) ? colour(value) : value]));
      if (look.fill === "none" && look.stroke === "none") continue;
      const kept = pairs(given).filter(([key]) => !["fill", "stroke"].includes(key));
      const list = look.fill === "none" ? groups.lines : groups.heads;
      list.push(`${tag(name, kept.map(([key, value]) => [key, rounded(value)]))}/>`);
    } else throw new Error(`holds <${name}>; a diagram is shapes and text`);
  }
  const root = [
    ["xmlns", "http://www.w3.org/2000/svg"],
    ["data-source", createHash("sha256").update(source).digest("hex")],
    ["viewBox", rounded(`${-left} ${-top} ${width} ${height}`)],
    ["width", `${Number((width / UNIT).toFixed(2))}em`],
  ];
  const group = (attributes, list) => (list.length ? `${tag("g", attributes)}>${list.join("")}</g>` : "");
  return [
    `${tag("svg", root)}>`,
    group([["fill", "none"], ["stroke", "currentColor"]], groups.lines),
    group([["fill", "currentColor"]], groups.heads),
    group([["fill", "currentColor"], ...Object.entries(TEXT)], groups.texts),
    "</svg>",
  ].join("");
}

const viz = await instance();
let failed = false;
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".dot")).sort()) {
  const source = readFileSync(FOLDER + file);
  try {
    const svg = tidy(viz.renderString(source.toString("utf-8"), { format: "svg", ...STYLE }), source);
    const size = gzipSync(svg).length;
    if (size > LARGEST) throw new Error(`is ${size} bytes compressed; a page carries at most ${LARGEST} for one picture`);
    writeFileSync(FOLDER + file.replace(/\.dot$/, ".svg"), `${svg}\n`);
    console.log(`data/diagrams/${file.replace(/\.dot$/, ".svg")}: ${size} bytes compressed`);
  } catch (error) {
    failed = true;
    console.error(`data/diagrams/${file}: ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;
