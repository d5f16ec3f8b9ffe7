// What this browser keeps, with care: storage may be off or full, and anything may stand in it. Nothing leaves the browser.

const base = document.documentElement.dataset.hpBase ?? ""; // guides of one host share its storage

/** The key under which this guide keeps something. @param {string} name */
export const storageKey = (name) => name + base;

/** The text kept under a name, also by an earlier release, whose keys had no path; "" for none. @param {string} name */
export const readText = (name) => {
  try {
    return localStorage.getItem(storageKey(name)) ?? localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
};

/** What is kept under a name, null for nothing that can be read. @param {string} name @returns {unknown} */
export const readStored = (name) => {
  try {
    return JSON.parse(readText(name));
  } catch {
    return null;
  }
};

/** Keep a text; false when this browser does not. @param {string} name @param {string} text */
export const keepText = (name, text) => {
  try {
    localStorage.setItem(storageKey(name), text);
    return true;
  } catch {
    return false;
  }
};

/** Keep a value, null for none; false when this browser does not. @param {string} name @param {unknown} value */
export const keep = (name, value) => keepText(name, JSON.stringify(value));
