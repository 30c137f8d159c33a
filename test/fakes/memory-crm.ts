import type { Crm } from "../../connector/crm/crm.ts";
import type { Draft, Home } from "../../connector/model/draft.ts";
import type { IsoTime, Key } from "../../connector/model/glossary.ts";
import type { Candidate, KnownCase, KnownPersona, KnownPost, Link, Memory } from "../../connector/model/memory.ts";

export interface StoredPost extends KnownPost {
  readonly author: Key;
  readonly postedAt: IsoTime;
  readonly text: string;
}

export interface StoredCase extends KnownCase {
  readonly persona: Key | undefined;
  readonly subject: string;
  readonly parentCaseId: string | undefined;
  readonly reopened: number;
}

/** The subject of a Case whose words are gone. */
export const DELETED = "Deleted by its author";

/** A CRM in memory: recalls and records as the contract says, and lets a test do what people do. */
export interface MemoryCrm extends Pick<Crm, "recall" | "record" | "erase"> {
  readonly posts: ReadonlyMap<Key, StoredPost>;
  readonly cases: ReadonlyMap<string, StoredCase>;
  readonly personas: ReadonlyMap<Key, KnownPersona>;
  readonly tasks: ReadonlyMap<Key, Link>;
  readonly calls: { recall: number; record: number; erase: number };
  close(caseId: string, at: IsoTime): void;
  /** All that stands on the one goes to the other; the one is gone. */
  merge(caseId: string, into: string): void;
  /** A person decides whom a persona stands for, or that it is nobody. */
  decide(persona: Key, link: Link, decidedBy: string): void;
}

/** `onRecord`: whose handle is on record, and where. */
export function toMemoryCrm(onRecord: Readonly<Record<string, readonly Candidate[]>> = {}): MemoryCrm {
  const posts = new Map<Key, StoredPost>();
  const cases = new Map<string, StoredCase>();
  const personas = new Map<Key, KnownPersona>();
  const tasks = new Map<Key, Link>();
  const calls = { recall: 0, record: 0, erase: 0 };
  let made = 0;

  function remember({ post }: Draft): Memory {
    const parent = post.parent === undefined ? undefined : posts.get(post.parent);
    const mine = [...posts.values()].filter(({ author }) => author === post.author.key);
    const latest = mine
      .filter(({ conversation, caseId }) => conversation === post.conversation && caseId !== undefined)
      .sort((one, other) => one.postedAt.localeCompare(other.postedAt))
      .at(-1)?.caseId;
    const pointed = new Set([posts.get(post.key)?.caseId, parent?.caseId, latest]);
    const ofCustomer = [...cases.values()].filter(({ persona }) => persona === post.author.key);
    const inConversation = ofCustomer.filter(({ conversation }) => conversation === post.conversation);
    const openOnAccount = ofCustomer.filter(
      ({ account, closedAt }) => account === post.account && closedAt === undefined,
    );
    return {
      post: posts.get(post.key),
      parent,
      persona: personas.get(post.author.key),
      cases: [...cases.values()].filter(
        (one) => pointed.has(one.id) || inConversation.includes(one) || openOnAccount.includes(one),
      ),
      latestCaseId: latest,
      lastCaseNumber: Math.max(0, ...inConversation.map(({ key }) => Number(key?.split("|").at(-1) ?? 0))),
      candidates: onRecord[post.author.handle] ?? [],
    };
  }

  /** Born once: a key that is there stays as it is. */
  function toCase(draft: Draft, home: Home): string {
    if (home.kind === "open" || home.kind === "reopen") {
      const known = cases.get(home.case.id);
      if (known === undefined) throw new Error(`No Case ${home.case.id}`);
      if (home.kind === "reopen") cases.set(known.id, { ...known, closedAt: undefined, reopened: known.reopened + 1 });
      return known.id;
    }
    const born = [...cases.values()].find(({ key }) => key === home.key);
    if (born !== undefined) return born.id;
    if (home.kind === "batch") throw new Error(`No earlier draft made the Case ${home.key}`);
    made += 1;
    const { post } = draft;
    const id = `500-${made}`;
    cases.set(id, {
      id,
      key: home.key,
      conversation: post.conversation,
      account: post.account,
      madeAt: new Date(made * 1000).toISOString(),
      closedAt: undefined,
      lastInboundAt: post.postedAt,
      firstResponseAt: undefined,
      contact: draft.identity?.link.contact,
      persona: post.author.key,
      subject: draft.gone === undefined ? home.subject : DELETED,
      parentCaseId: home.parentCaseId,
      reopened: 0,
      openingPost: post.key,
    });
    return id;
  }

  function hear({ post, gone }: Draft, caseId: string): void {
    const known = cases.get(caseId);
    if (
      known === undefined ||
      gone !== undefined ||
      post.direction === "outbound" ||
      post.postedAt <= (known.lastInboundAt ?? "")
    )
      return;
    cases.set(caseId, { ...known, lastInboundAt: post.postedAt });
  }

  function write(draft: Draft): void {
    const { post, identity, home, task, gone } = draft;
    const { key, version, conversation, author, postedAt, detectedAt, text } = post;
    const before = personas.get(author.key);
    const found = identity?.found === true ? { link: identity.link, decidedBy: "Earshot" } : undefined;
    personas.set(author.key, {
      key: author.key,
      link: found?.link ?? before?.link ?? {},
      decidedBy: found?.decidedBy ?? before?.decidedBy,
      identity: identity?.state ?? before?.identity ?? "Anonymous",
    });
    const known = posts.get(key);
    const caseId = home === undefined ? known?.caseId : toCase(draft, home);
    if (home !== undefined && caseId !== undefined) hear(draft, caseId);
    if (known === undefined || (known.version <= version && (!known.gone || gone !== undefined))) {
      posts.set(key, {
        key,
        version,
        gone: gone !== undefined,
        recordedAt: known?.recordedAt ?? detectedAt,
        caseId,
        conversation,
        author: author.key,
        postedAt,
        text: gone === undefined ? text : "",
      });
    }
    if (task !== undefined && identity !== undefined && !tasks.has(key)) tasks.set(key, identity.link);
  }

  /** A tombstone stays; the Case that the post opened loses its words. */
  function wipe(key: Key): void {
    const known = posts.get(key);
    if (known === undefined) return;
    posts.set(key, { ...known, gone: true, text: "" });
    const opened = cases.get(known.caseId ?? "");
    if (opened?.openingPost === key) cases.set(opened.id, { ...opened, subject: DELETED });
  }

  return {
    posts,
    cases,
    personas,
    tasks,
    calls,
    recall: (drafts) => {
      calls.recall += 1;
      return Promise.resolve(drafts.map(remember));
    },
    record: (drafts) => {
      calls.record += 1;
      for (const draft of drafts) if (draft.ignored === undefined && draft.waits === undefined) write(draft);
      return Promise.resolve({ outcomes: drafts.map(() => undefined) });
    },
    erase: (gone) => {
      calls.erase += 1;
      for (const { key } of gone) wipe(key);
      return Promise.resolve();
    },
    close(caseId, at) {
      const known = cases.get(caseId);
      if (known === undefined) throw new Error(`No Case ${caseId}`);
      cases.set(caseId, { ...known, closedAt: at });
    },
    merge(caseId, into) {
      cases.delete(caseId);
      for (const post of posts.values()) if (post.caseId === caseId) posts.set(post.key, { ...post, caseId: into });
    },
    decide(persona, link, decidedBy) {
      const identity = Object.keys(link).length === 0 ? "Anonymous" : "Linked";
      personas.set(persona, { key: persona, identity, link, decidedBy });
    },
  };
}
