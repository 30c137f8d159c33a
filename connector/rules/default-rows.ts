import type { RuleRow } from "../model/settings.ts";

type Says = Partial<Pick<RuleRow, "needsResponse" | "priority" | "queue" | "responseMinutes">>;
type Written = readonly [name: string, condition: string, says: Says, reason: string];

const NO = { needsResponse: false } as const;
const YES = { needsResponse: true } as const;

const ROWS: readonly Written[] = [
  ["own-post", "outbound", NO, "We wrote it."],
  [
    "background",
    "background",
    NO,
    "It was fetched to show what led to a later post, and is not said to us or is more than a day old.",
  ],
  ["signal", 'kind == "signal"', NO, "Somebody did something, and wrote nothing."],
  ["news", 'kind == "article" || source == "news"', NO, "It is an article, which expects no answer."],
  ["said-to-nobody", 'outbound || kind in ["signal", "article"] || source == "news"', { priority: "Low" }, ""],
  ["strong-words", 'intent == "complaint" && score < -0.6', { priority: "High" }, "The words are strong."],
  [
    "many-followers",
    'sentiment in ["negative", "mixed"] && followers >= 50000',
    { priority: "High" },
    "Many people follow the author.",
  ],
  ["not-addressed", "!addressed", NO, "It is not said to us."],
  ["complaint", 'intent == "complaint"', YES, "It complains."],
  ["question", 'intent == "question"', YES, "It asks."],
  ["request", 'intent == "request"', YES, "It requests something."],
  ["unhappy", 'sentiment in ["negative", "mixed"]', YES, "It sounds unhappy."],
  [
    "grave-topic",
    '"safety" in topics || "security" in topics || "legal" in topics',
    { ...YES, priority: "High" },
    "It speaks of safety, security or the law.",
  ],
  ["unclear", 'sentiment != "" && score < 0.5 && words >= 10', YES, "It has much to say, and no clear praise."],
  ["praise", 'intent == "praise"', NO, "It praises or thanks."],
  ["private-message", 'visibility == "private" && kind != "review"', YES, "It is a private message."],
  [
    "foreign-language",
    'language != "" && !(language in ["en", "de", "es", "fr"])',
    YES,
    "It is in a language whose tone we cannot tell.",
  ],
  ["small-talk", "", NO, "It neither asks, requests nor complains."],
  [
    "matters",
    'intent in ["complaint", "question", "request"] || sentiment in ["negative", "mixed"]',
    { priority: "Medium" },
    "",
  ],
  ["private-matters", 'visibility == "private" && kind != "review"', { priority: "Medium" }, ""],
  ["high-priority", 'priority == "High"', { queue: "Social_Priority", responseMinutes: 15 }, ""],
  ["otherwise", "", { priority: "Low", queue: "Social_Service", responseMinutes: 30 }, ""],
];

/**
 * What a company gets that set up nothing. In doubt somebody looks: a missed complaint costs more than a glance. Their orders
 * leave room between them.
 */
export const defaultRows: readonly Omit<RuleRow, "id">[] = ROWS.map(([name, condition, says, reason], index) => ({
  name,
  active: true,
  order: (index + 1) * 10,
  condition,
  needsResponse: says.needsResponse,
  priority: says.priority,
  queue: says.queue,
  responseMinutes: says.responseMinutes,
  reason,
}));

/** Developer names of the queues that the default rows name. */
export const defaultQueues: readonly string[] = [...new Set(defaultRows.flatMap(({ queue }) => queue ?? []))];
