import type { Token } from "../token.ts";
import { toScope } from "./session.ts";

/** What a session of a plain app password calls itself: it may do all but read and write direct messages. */
const PLAIN = "com.atproto.appPass";
const MESSAGES = "direct messages (a box that Bluesky shows when an app password is made)";

/** The rights that our app password has not and should have; undefined: the session does not say. */
export async function readLacks(session: Token, wantsMessages: boolean): Promise<readonly string[] | undefined> {
  const scope = toScope(await session.current());
  if (scope === undefined) return undefined;
  return scope === PLAIN && wantsMessages ? [MESSAGES] : [];
}
