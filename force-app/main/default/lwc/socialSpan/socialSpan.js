const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const MINUTES_OF_HOUR = 60;
const MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;

/**
 * A span in words of the reader's language: "40 sec", "12 min", "3 hr 5 min", "2 days 4 hr". What is begun does not count.
 *
 * @param {number} ms not negative
 */
export function toSpan(ms) {
  if (ms < MINUTE_MS) return inUnit(Math.floor(ms / SECOND_MS), "second");
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 2 * MINUTES_OF_HOUR) return inUnit(minutes, "minute");
  if (minutes < 2 * MINUTES_OF_DAY) return both([minutes, MINUTES_OF_HOUR], ["hour", "minute"]);
  return both([Math.floor(minutes / MINUTES_OF_HOUR), 24], ["day", "hour"]);
}

function both([count, per], [large, small]) {
  const rest = count % per;
  const whole = inUnit(Math.floor(count / per), large);
  return rest === 0 ? whole : `${whole} ${inUnit(rest, small)}`;
}

function inUnit(count, unit) {
  return new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "short" }).format(count);
}
