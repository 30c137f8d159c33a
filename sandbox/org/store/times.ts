/** Salesforce keeps times to the second. */
export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** `2026-11-22T10:00:00.000+0000`, as the REST API writes a time. */
export function toTimeText(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+0000");
}

const dateText = /^\d{4}-\d\d-\d\d$/;
const timeText = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Milliseconds since 1970; undefined where the text is no time. Without a zone it is UTC; a date alone is its midnight. */
export function toTime(text: string): number | undefined {
  if (!timeText.test(text) && !dateText.test(text)) return undefined;
  const zoned = dateText.test(text) || /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(ms) ? undefined : ms;
}

/** The date of a date or a time; undefined where the text is neither. */
export function toDateText(text: string): string | undefined {
  const ms = toTime(text);
  return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);
}
