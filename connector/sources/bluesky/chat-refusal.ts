import type { Rejection } from "../../model/glossary.ts";
import type { Declined } from "../asking/declined.ts";
import { REFUSED_MESSAGE } from "../replying/rejections.ts";

const NO_RIGHT = "The app password of this account may not send direct messages. Ask whoever runs the connector.";

const SENTENCES: Readonly<Record<string, string>> = {
  MessagesDisabled: "This person takes no private messages. Answer in public.",
  NotFollowedBySender: "This person takes private messages only from accounts that they follow. Answer in public.",
  BlockedActor: "This person has blocked our account.",
  BlockedSubject: "Our account has blocked this person.",
  RecipientNotFound: "This person's account is no longer there.",
  ConvoLocked: "This conversation is closed on the network.",
  InvalidToken: NO_RIGHT,
};

/** Why the network takes no message, without a word of it. */
export function toReason({ error, status }: Declined): Rejection {
  const detail =
    SENTENCES[error] ?? (status === 403 ? "The network does not let our account write to this person." : undefined);
  return detail === undefined ? REFUSED_MESSAGE : { reason: "refused", detail };
}
