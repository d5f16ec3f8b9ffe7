// Where the guide stands.

/** The site's root, below whatever path it is served. */
export const root = new URL("../../", import.meta.url);
