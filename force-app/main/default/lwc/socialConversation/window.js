/** By how many items one looks further. */
export const STEP = 50;
/** The most items that show at once, however long the conversation is. */
export const MOST = 200;

/** The newest items. `lastId` is the newest shown; undefined: whatever is newest. */
export const NEWEST = { size: STEP, lastId: undefined };

/**
 * @param {{ id: string }[]} rows oldest first
 * @returns {{ from: number, to: number }} as for `slice`
 */
export function toRange(rows, { size, lastId }) {
  const last = lastId === undefined ? -1 : rows.findIndex(({ id }) => id === lastId);
  const to = last < 0 ? rows.length : last + 1;
  return { from: Math.max(0, to - size), to };
}

/** One step towards the past; the newest leave where there would be too many. */
export function toEarlier(rows, shown) {
  const { from, to } = toRange(rows, shown);
  const start = Math.max(0, from - STEP);
  return toWindow(rows, start, Math.min(to, start + MOST));
}

/** One step towards the present. */
export function toLater(rows, shown) {
  const { from, to } = toRange(rows, shown);
  const end = Math.min(rows.length, to + STEP);
  return toWindow(rows, Math.max(from, end - MOST), end);
}

function toWindow(rows, from, to) {
  return { size: Math.max(STEP, to - from), lastId: to < rows.length ? rows[to - 1].id : undefined };
}
