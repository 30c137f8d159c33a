import type { Registry } from "prom-client";
import { Counter, Gauge, Histogram, collectDefaultMetrics } from "prom-client";

export interface Metrics {
  /** What `/metrics` answers with, and its content type. */
  readonly registry: Registry;
  readonly postsHeard: Counter<"network" | "account">;
  /** Posts that a word brought and that no listener wants: by their language, or for a word that is excluded. */
  readonly postsUnwanted: Counter<"network" | "account">;
  readonly hookDeliveries: Counter<"outcome">;
  /** Gaps that opened, by cause. */
  readonly gaps: Counter<"cause">;
  readonly gapEntries: Counter<"account" | "feed">;
  readonly postsReread: Counter<"account">;
  readonly rereadNews: Counter<"type">;
  readonly postsRecorded: Counter<"outcome">;
  /** From the moment the post was written on the network until its Case stands. */
  readonly postToCaseSeconds: Histogram;
  /** From the moment a post was written on the network until we heard it. */
  readonly detectionSeconds: Histogram;
  /** From there until its fate was sealed. */
  readonly triageSeconds: Histogram;
  /** From the post that opened a Case until our first answer appeared on the network. */
  readonly answerSeconds: Histogram;
  readonly crmCalls: Counter<"kind" | "urgency">;
  /** What is left of the day's calls, as the CRM reported last. */
  readonly crmCallsLeft: Gauge;
  /** What we could spend of our own share at once. */
  readonly crmBudgetLeft: Gauge;
  readonly crmBudgetWaitSeconds: Histogram<"urgency">;
  readonly crmLingerSeconds: Gauge<"posts">;
  /** 1 while the CRM tells of what people do as they do it, 0 while only looking finds it. */
  readonly crmEventsConnected: Gauge;
  /** What the CRM told, by whether that was worth a look. */
  readonly crmEvents: Counter<"worth">;
  readonly replies: Counter<"status">;
  /** What people did in the CRM beside replying, and what became of it. */
  readonly changesFollowed: Counter<"type" | "outcome">;
  readonly parked: Gauge<"log">;
  readonly lagEntries: Gauge<"log">;
  readonly journalAppendSeconds: Histogram;
  /** How many shares of the work this connector holds. */
  readonly sharesHeld: Gauge;
}

/** What the connector counts, each under its name, and what prom-client tells of the process. */
export function toMetrics(registry: Registry): Metrics {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const crmCallsLeft = new Gauge({
    name: "earshot_crm_calls_left",
    help: "Calls left of the CRM's daily limit, as it reported last.",
    registers,
  });
  // Until the CRM has said how many there are it would read 0, which is an alarm.
  crmCallsLeft.remove({});
  return {
    registry,
    sharesHeld: new Gauge({
      name: "earshot_shares_held",
      help: "Shares of the work that this connector holds; all connectors of a journal together hold all.",
      registers,
    }),
    hookDeliveries: new Counter({
      name: "earshot_hook_deliveries_total",
      help: "Deliveries that other systems sent to a webhook, by what became of them.",
      labelNames: ["outcome"],
      registers,
    }),
    postsUnwanted: new Counter({
      name: "earshot_posts_unwanted_total",
      help: "Posts that have a listener's word and that no listener wants: by their language, or for a word that is excluded.",
      labelNames: ["network", "account"],
      registers,
    }),
    postsHeard: new Counter({
      name: "earshot_posts_heard_total",
      help: "Posts that a source delivered, repetitions included.",
      labelNames: ["network", "account"],
      registers,
    }),
    gaps: new Counter({
      name: "earshot_gaps_total",
      help: "Stretches that were not heard when they were said, by cause.",
      labelNames: ["cause"],
      registers,
    }),
    gapEntries: new Counter({
      name: "earshot_gap_entries_total",
      help: "Entries that came while a gap was being filled, repetitions included; counted when it closes.",
      labelNames: ["account", "feed"],
      registers,
    }),
    postsReread: new Counter({
      name: "earshot_posts_reread_total",
      help: "Posts that were read again to find edits and deletions that nobody told.",
      labelNames: ["account"],
      registers,
    }),
    rereadNews: new Counter({
      name: "earshot_reread_news_total",
      help: "What reading again brought: edited, deleted.",
      labelNames: ["type"],
      registers,
    }),
    postsRecorded: new Counter({
      name: "earshot_posts_recorded_total",
      help: "Posts that went through the pipeline, by what became of them.",
      labelNames: ["outcome"],
      registers,
    }),
    detectionSeconds: new Histogram({
      name: "earshot_detection_seconds",
      help: "Time from a new post on its network until it was heard.",
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 86_400],
      registers,
    }),
    triageSeconds: new Histogram({
      name: "earshot_triage_seconds",
      help: "Time from hearing a new post until it was decided on and recorded.",
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 86_400],
      registers,
    }),
    answerSeconds: new Histogram({
      name: "earshot_answer_seconds",
      help: "Time from the post that opened a Case until our first answer on the network.",
      buckets: [60, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 259_200],
      registers,
    }),
    postToCaseSeconds: new Histogram({
      name: "earshot_post_to_case_seconds",
      help: "Time from a post on its network to its Case in the CRM.",
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600],
      registers,
    }),
    crmCalls: new Counter({
      name: "earshot_crm_calls_total",
      help: "Calls to the CRM's API.",
      labelNames: ["kind", "urgency"],
      registers,
    }),
    crmCallsLeft,
    crmBudgetLeft: new Gauge({
      name: "earshot_crm_budget_left",
      help: "Calls to the CRM that our own share would allow at once.",
      registers,
    }),
    crmBudgetWaitSeconds: new Histogram({
      name: "earshot_crm_budget_wait_seconds",
      help: "How long calls to the CRM were held so as not to exceed our share of its limit.",
      labelNames: ["urgency"],
      buckets: [0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 14_400],
      registers,
    }),
    crmLingerSeconds: new Gauge({
      name: "earshot_crm_linger_seconds",
      help: "How long posts wait for others to share their calls to the CRM.",
      labelNames: ["posts"],
      registers,
    }),
    crmEventsConnected: new Gauge({
      name: "earshot_crm_events_connected",
      help: "1 while the CRM tells of what people do as they do it, 0 while only looking finds it.",
      registers,
    }),
    crmEvents: new Counter({
      name: "earshot_crm_events_total",
      help: "Events that the CRM told, by whether they were worth a look.",
      labelNames: ["worth"],
      registers,
    }),
    replies: new Counter({
      name: "earshot_replies_total",
      help: "Replies that reached a verdict.",
      labelNames: ["status"],
      registers,
    }),
    changesFollowed: new Counter({
      name: "earshot_changes_followed_total",
      help: "What people did in the CRM beside replying, and whether what hangs on it followed.",
      labelNames: ["type", "outcome"],
      registers,
    }),
    parked: new Gauge({
      name: "earshot_parked",
      help: "Entries that wait for somebody to look at them.",
      labelNames: ["log"],
      registers,
    }),
    lagEntries: new Gauge({
      name: "earshot_lag_entries",
      help: "Entries read from the log and not yet passed.",
      labelNames: ["log"],
      registers,
    }),
    journalAppendSeconds: new Histogram({
      name: "earshot_journal_append_seconds",
      help: "Time until an append was durable.",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  };
}
