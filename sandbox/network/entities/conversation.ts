import type { Conversation } from "../conversations.ts";
import type { State } from "../state.ts";
import { accountEntity } from "./account.ts";
import { statusEntity } from "./status.ts";

/** A private exchange as the API shows it to an account. Unread until the account has said the last word. */
export const conversationEntity = (state: State, { id, others, last }: Conversation, account: string) => ({
  id,
  unread: last.account_id !== account,
  accounts: others.map((other) => accountEntity(state, other)),
  last_status: statusEntity(state, last, account),
});
