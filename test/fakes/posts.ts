import type { Persona } from "../../connector/model/persona.ts";
import type { Post } from "../../connector/model/post.ts";

export const HOST = "social.example";
export const COMPANY = "test:social.example/accounts/nordwind";

/** Somebody on the network of the tests. */
export function toTestPersona(handle: string): Persona {
  return {
    key: `test:${HOST}/accounts/${handle}`,
    network: "test",
    handle: `${handle}@${HOST}`,
    displayName: handle.slice(0, 1).toUpperCase() + handle.slice(1),
  };
}

/** A post as a source would give it; what a test does not say is a public mention of the company, in English. */
export function toTestPost(id: string, by: string, change: Partial<Post> = {}): Post {
  const at = change.postedAt ?? "2026-03-01T10:00:00.000Z";
  return {
    key: `test:${HOST}/${id}`,
    network: "test",
    account: COMPANY,
    sourceClass: "microblog",
    kind: "mention",
    visibility: "public",
    direction: by === "nordwind" ? "outbound" : "inbound",
    author: toTestPersona(by),
    text: "@nordwind my suitcase never arrived and nobody answers",
    version: 0,
    postedAt: at,
    detectedAt: at,
    url: `https://${HOST}/${id}`,
    language: "en",
    ...change,
  };
}

/** A private message to or from the company. */
export function toTestMessage(id: string, by: string, change: Partial<Post> = {}): Post {
  return toTestPost(id, by, {
    kind: "message",
    visibility: "private",
    conversation: `test:${HOST}/private/${by}`,
    text: "Can you please look at my booking?",
    ...change,
  });
}
