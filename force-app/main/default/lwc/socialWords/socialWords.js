/**
 * Puts values into the places {0}, {1} … of a label. A value is text, never markup, and may itself hold braces.
 *
 * @param {string} label
 * @param {...(string | number)} values
 */
export function fill(label, ...values) {
  return label.replace(/\{(\d+)\}/g, (place, index) => values[index] ?? place);
}
