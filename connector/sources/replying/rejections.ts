import type { Account } from "../../model/account.ts";
import type { Rejection } from "../../model/glossary.ts";
import type { AnsweredPost, Claimed } from "../../model/reply.ts";
import { LISTENS_ONLY } from "./routes.ts";

export const GONE: Rejection = { reason: "gone", detail: "The post you answer is no longer there." };

export const PRIVATE: Rejection = {
  reason: "private-post",
  detail: "The post you answer is private. Answer it with a private message.",
};

export const ELSEWHERE: Rejection = {
  reason: "elsewhere",
  detail: "The post you answer is not on this account's network.",
};

export const BROADCAST: Rejection = {
  reason: "route",
  detail: "A broadcast answers no post. Choose a public reply or a private message.",
};

const EMPTY: Rejection = { reason: "empty", detail: "The reply has no text. Write one and retry." };
const MUTE: Rejection = { reason: "listen-only", detail: LISTENS_ONLY };

/** A network's own words of why it refused a public reply, for the rep. Of a private message nothing is repeated. */
export function toRefusedReply(words: string): Rejection {
  return { reason: "refused", detail: `The network refused the reply: ${words.slice(0, 200)}` };
}

export const REFUSED_MESSAGE: Rejection = {
  reason: "refused",
  detail: "The network refused the message. Shorten it or word it otherwise, then retry.",
};

/** The post that is answered, or why no network would take this reply. */
export function toAnswered({ text, answered }: Claimed, { mode }: Account): AnsweredPost | Rejection {
  if (mode === "listen-only") return MUTE;
  if (text.toWellFormed().trim() === "") return EMPTY;
  return answered ?? GONE;
}
