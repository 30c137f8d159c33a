import type { IsoTime, Key } from "./glossary.ts";

export type RouteKind = "Public reply" | "Private message" | "Broadcast";

/** What may be sent now in answer to a post; `blocked` says in plain words why not. */
export interface Route {
  readonly kind: RouteKind;
  readonly blocked?: string;
  /** Until when it may be sent, where there is a window. */
  readonly until?: IsoTime;
  /** Only a human may use it. */
  readonly humanOnly?: boolean;
}

/**
 * What a person in the CRM asks the sender to do. "left": nobody asks, but the row has been Sending for so long that whoever
 * was at it may have forgotten it.
 */
export type ReplyOrder = "send" | "retry" | "was-sent" | "send-again" | "left";

/** One attempt of one `Social_Reply__c` row. The words stay in the CRM until they are claimed. */
export interface Reply {
  /** `<row>/<attempt>`; of the orders "was-sent" and "left" with `/<order>` behind. The journal's and the ledger's key. */
  readonly key: Key;
  /** The CRM's id of the row. */
  readonly row: string;
  readonly attempt: number;
  readonly order: ReplyOrder;
  /** Our account that is to say it; undefined: the row names none any more. */
  readonly account: Key | undefined;
}

/** A reply that the CRM says is ours to send, as its row stands now, with what publishing needs of the answered post. */
export interface Claimed extends Reply {
  readonly route: RouteKind;
  readonly text: string;
  /** undefined: the post is no longer in the CRM. */
  readonly answered: AnsweredPost | undefined;
  /** The CRM would not let us take it: why, and whether an earlier call of ours may have taken it and sent it. */
  readonly refused?: { readonly detail: string; readonly mayBeOut: boolean };
}

export interface AnsweredPost {
  readonly key: Key;
  readonly conversation: Key | undefined;
  readonly visibility: "public" | "private";
  readonly authorHandle: string;
  readonly authorKey: Key;
}

/** What became of a reply. `detail` is a sentence that the rep can act on. */
export type Verdict =
  | {
      readonly status: "Sent";
      /** Our post on the network; undefined where only a person's word says that there is one. */
      readonly post: Key | undefined;
      /** As the network shows it; only of a public one, and only while it is at hand. */
      readonly publicText?: string;
      readonly at: IsoTime;
    }
  | { readonly status: "Failed"; readonly detail: string }
  | { readonly status: "Checking"; readonly detail: string };
