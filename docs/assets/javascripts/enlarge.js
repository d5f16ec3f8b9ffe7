// A picture in a window of its own: larger, smaller and moved, by touch, mouse, buttons and keys. Comes when asked for.
import { button, make } from "./dom.js";

const STEP = 1.4;
const MOST = 8; // times the size at which it is seen whole

/** Show the drawing beside a link. @param {HTMLAnchorElement} link */
export const enlarge = (link) => {
  const drawing = /** @type {SVGElement} */ (link.closest("figure")?.querySelector("svg"));
  const { width, height } = drawing.getBoundingClientRect();
  const title = (link.getAttribute("aria-label") ?? "").replace(/^Enlarge: /, "");
  // The page's own rules for the drawing hold by the class of the box it stands in.
  const copy = /** @type {SVGElement} */ (drawing.cloneNode(true));
  copy.style.fontSize = getComputedStyle(drawing).fontSize; // stays when a phone is turned round
  const stage = make("div", { class: drawing.parentElement?.className ?? "" }, copy);
  stage.style.width = `${width}px`;
  const view = make("div", { class: "hp-zoom-view", tabindex: "0", role: "group", "aria-label": "Picture. Arrows move it, plus and minus change its size, 0 shows all of it" }, stage);
  const size = make("output", {});

  let whole = 1; // the scale at which all of it is seen
  let scale = 1;
  let [x, y] = [0, 0];
  /** Where it may begin: centred while it is smaller than the window, else without a gap. @param {number} at @param {number} long @param {number} room */
  const held = (at, long, room) => (long <= room ? (room - long) / 2 : Math.min(0, Math.max(room - long, at)));
  const draw = () => {
    x = held(x, width * scale, view.clientWidth);
    y = held(y, height * scale, view.clientHeight);
    stage.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    const words = `${Math.round((100 * scale) / whole)} %`;
    if (size.textContent !== words) size.textContent = words;
  };
  /** @param {number} by @param {number} [toX] @param {number} [toY] the point that stays, from the window's corner */
  const zoom = (by, toX = view.clientWidth / 2, toY = view.clientHeight / 2) => {
    const next = Math.min(whole * MOST, Math.max(whole, scale * by));
    [x, y] = [toX - ((toX - x) * next) / scale, toY - ((toY - y) * next) / scale];
    scale = next;
    draw();
  };
  const fit = () => {
    scale = whole = Math.min((view.clientWidth - 24) / width, (view.clientHeight - 24) / height);
    draw();
  };

  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  /** The middle of the fingers, from the window's corner, and how far apart they are. */
  const grip = () => {
    const [one, other = one] = [...fingers.values()];
    const { left, top } = view.getBoundingClientRect();
    return { x: (one.clientX + other.clientX) / 2 - left, y: (one.clientY + other.clientY) / 2 - top, span: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) };
  };
  view.addEventListener("pointerdown", (event) => {
    view.setPointerCapture(event.pointerId);
    if (fingers.size < 2) fingers.set(event.pointerId, event);
  });
  view.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = grip();
    fingers.set(event.pointerId, event);
    const now = grip();
    [x, y] = [x + now.x - before.x, y + now.y - before.y];
    zoom(before.span && now.span ? now.span / before.span : 1, now.x, now.y);
  });
  for (const end of ["pointerup", "pointercancel"]) view.addEventListener(end, (event) => fingers.delete(/** @type {PointerEvent} */ (event).pointerId));
  // A touch is used up here: else a drag ends as a fling, which swallows the next tap.
  view.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
  view.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { left, top } = view.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
  });

  const larger = () => zoom(STEP);
  const smaller = () => zoom(1 / STEP);
  const dialog = /** @type {HTMLDialogElement} */ (
    make(
      "dialog",
      { class: "hp-zoom", "aria-label": title },
      make("div", {}, make("p", {}, title), button("−", smaller, { "aria-label": "Smaller" }), size, button("+", larger, { "aria-label": "Larger" }), button("All", fit, { "aria-label": "All of it" }), button("Close", () => dialog.close())),
      view,
    )
  );
  /** @param {number} right @param {number} down */
  const move = (right, down) => {
    [x, y] = [x - right * 60, y - down * 60];
    draw();
  };
  /** @type {Record<string, () => void>} */
  const keys = { "+": larger, "=": larger, "-": smaller, 0: fit, ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1) };
  dialog.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  view.focus();
  new ResizeObserver(fit).observe(view);
};
