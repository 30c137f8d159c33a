/*
 * What the browser remembers for one user. Storage may be full, forbidden or emptied at any time: then it remembers nothing,
 * and nothing breaks.
 */

/** For this tab only: what may be private, such as unsent text. */
export const TAB = "sessionStorage";
/** For this browser: what helps next time. */
export const BROWSER = "localStorage";

/**
 * @param {string} area TAB or BROWSER
 * @param {string} key
 * @returns {any} what was remembered, else undefined
 */
export function recall(area, key) {
  try {
    return JSON.parse(window[area].getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} area TAB or BROWSER
 * @param {string} key
 * @param {unknown} value anything JSON can hold; undefined forgets
 */
export function remember(area, key, value) {
  try {
    if (value === undefined) window[area].removeItem(key);
    else window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Promised above: remembering nothing is fine.
  }
}
