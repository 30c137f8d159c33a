export interface ModelCase {
  /** undefined: it is open. */
  closedAt: number | undefined;
  /** A post: it is called by its words. Else as a person called it. */
  called: ModelPost | string;
  isAnswered: boolean;
}

/** What was said, and what becomes of it. */
export interface ModelPost {
  readonly key: string;
  readonly by: string;
  readonly at: number;
  readonly asks: boolean;
  /** We said it, in answer to this. */
  readonly answers: ModelPost | undefined;
  text: string;
  isRecorded: boolean;
  isGone: boolean;
  case: ModelCase | undefined;
  /** As a person corrected it. */
  sentiment: string | undefined;
  /** Its author was known when it was heard: an activity tells of it. */
  isOnTimeline: boolean;
}

type News = { readonly post: ModelPost } & (
  { readonly what: "said" | "gone" } | { readonly what: "edited"; readonly text: string }
);

export const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * What DESIGN's decisions 5, 6, 9, 12 and 13 promise, in the plainest words. What the network says counts when it is heard;
 * what people do counts at once, for all of their customer's posts. `onRecord`: whose handle stands in the CRM, and with whom.
 */
export function toModel(onRecord: Map<string, string>) {
  const posts: ModelPost[] = [];
  const customers = new Map<string, string>();
  const decided = new Set<string>();
  const removed = new Set<ModelPost>();
  const queued: ModelPost[] = [];
  const unfollowed: ModelCase[] = [];
  let unheard: News[] = [];

  const recorded = (by: string) => posts.filter((post) => post.by === by && post.isRecorded && !post.answers);
  const standing = (by: string) => recorded(by).filter((post) => !post.isGone);
  const current = (by: string) => recorded(by).findLast((post) => post.case !== undefined)?.case;

  /** Decision 6: one Case per conversation and customer, opened again within a week, by who asks for something. */
  function toCase(post: ModelPost): ModelCase | undefined {
    const known = current(post.by);
    const isOver = known?.closedAt !== undefined && post.at - known.closedAt > WEEK_MS;
    if (post.asks && (known === undefined || isOver)) return { closedAt: undefined, called: post, isAnswered: false };
    if (post.asks && known !== undefined) known.closedAt = undefined;
    return known;
  }

  function record(post: ModelPost): void {
    post.isRecorded = true;
    if (post.answers !== undefined) {
      post.case = post.answers.case;
      if (post.case !== undefined) post.case.isAnswered = true;
      return;
    }
    const owner = onRecord.get(post.by);
    if (owner !== undefined && !decided.has(post.by)) customers.set(post.by, owner);
    post.case = toCase(post);
    post.isOnTimeline = customers.has(post.by);
  }

  function say(said: Pick<ModelPost, "key" | "by" | "at" | "asks" | "text" | "answers">): void {
    const nothing = { isRecorded: false, isGone: false, case: undefined, sentiment: undefined, isOnTimeline: false };
    const post = { ...said, ...nothing };
    posts.push(post);
    unheard.push({ post, what: "said" });
  }

  return {
    ...{ posts, standing, say },
    customerOf: (by: string) => customers.get(by),
    edit: (post: ModelPost, text: string) => void unheard.push({ post, what: "edited", text }),
    remove(post: ModelPost): void {
      removed.add(post);
      unheard.push({ post, what: "gone" });
    },
    isRemoved: (post: ModelPost) => removed.has(post),
    /** Something is deleted that nobody may have recorded yet. */
    isDeleting: () => unheard.some(({ what }) => what === "gone"),
    isAnswering: () => unheard.some(({ post }) => post.answers !== undefined),
    /** What was heard is heard once more: what stood on no Case joins the customer's, if there is one by now. */
    hearAgain: (heard: readonly ModelPost[]) => heard.forEach((post) => (post.case ??= current(post.by))),
    discard: (post: ModelPost) => void (post.isOnTimeline = false),
    /** Decision 13: a deletion wins over all that is heard with it, before it and after it. */
    hear(): readonly ModelPost[] {
      const heard = unheard;
      unheard = [];
      const gone = new Set(heard.filter(({ what }) => what === "gone").map(({ post }) => post));
      for (const post of gone) post.isGone = true;
      for (const news of heard.filter(({ post }) => !post.isGone)) {
        if (news.what === "said") record(news.post);
        if (news.what !== "edited") continue;
        news.post.text = news.text;
        news.post.case ??= toCase(news.post);
        news.post.isOnTimeline ||= customers.has(news.post.by);
      }
      return heard.map(({ post }) => post);
    },
    reply: (post: ModelPost) => void queued.push(post),
    /** Decision 10: each reply is one post. */
    publish(answered: string, key: string, at: number): void {
      const index = queued.findIndex((post) => post.key === answered);
      const [answers] = queued.splice(index, index < 0 ? 0 : 1);
      if (answers === undefined) throw new Error("Nobody asked for this answer");
      say({ key, by: "nordwind", at, asks: false, text: "We look into it.", answers });
    },
    /** A merge is followed: what the customer said beside it stands on the master, too. */
    sweep(): void {
      const last = (master: ModelCase) => posts.findLastIndex((post) => post.case === master && !post.answers);
      const loose = new Map<ModelPost, ModelCase>();
      for (const master of unfollowed.splice(0).sort((one, other) => last(one) - last(other))) {
        const by = posts[last(master)]?.by;
        for (const post of recorded(by ?? "")) if (post.case === undefined) loose.set(post, master);
      }
      for (const [post, master] of loose) post.case = master;
    },
    close: (one: ModelCase, at: number) => void (one.closedAt = at),
    rename: (one: ModelCase, subject: string) => void (one.called = subject),
    correct: (post: ModelPost, sentiment: string) => void (post.sentiment = sentiment),
    merge(one: ModelCase, subject: string): void {
      const master: ModelCase = { closedAt: undefined, called: subject, isAnswered: false };
      for (const post of posts) if (post.case === one) post.case = master;
      unfollowed.push(master);
    },
    /** Decision 12: a person's word is never overruled. */
    decide(by: string, customer: string | undefined): void {
      decided.add(by);
      if (customer === undefined) customers.delete(by);
      else customers.set(by, customer);
    },
    /** Whoever stood for the Lead stands for the Contact; nobody is found by it any more. */
    hasLead: (lead: string) => [...onRecord.values(), ...customers.values()].includes(lead),
    convert(lead: string, contact: string): void {
      for (const [by, customer] of customers) if (customer === lead) customers.set(by, contact);
      for (const [by, customer] of onRecord) if (customer === lead) onRecord.delete(by);
    },
  };
}

export type Model = ReturnType<typeof toModel>;
