// Elements that scripts make.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/** @param {string} words @param {() => void} does @param {Record<string, string>} attributes */
export const button = (words, does, attributes = {}) => {
  const element = make("button", { type: "button", class: "hp-button", ...attributes }, words);
  element.addEventListener("click", does);
  return element;
};

/** Say it in a status region, aloud too: one that comes together with its words is not read. @param {HTMLElement} region @param {string} words */
export const announce = (region, words) => setTimeout(() => (region.textContent = words), 60);
