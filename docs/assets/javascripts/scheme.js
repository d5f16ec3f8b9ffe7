// The palette button: light, dark, and the choice kept for the next visit.
// The choice is read before first paint by the inline script in the page's head.
import { keepText } from "./storage.js";

const button = /** @type {HTMLButtonElement | null} */ (document.getElementById("hp-scheme"));
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} the scheme the reader sees now */
const current = () => {
  const chosen = document.documentElement.dataset.hpScheme;
  return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
};

const label = () => {
  if (button) button.textContent = current() === "dark" ? "Light" : "Dark";
};

if (button) {
  button.hidden = false;
  label();
  dark.addEventListener("change", label);
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.hpScheme = next;
    keepText("hp-scheme", next); // where it is not kept, the choice holds for this page, which is all that can be done
    label();
  });
}
