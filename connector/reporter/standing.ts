import type { News } from "../crm/crm.ts";
import { Disconnected } from "../errors.ts";
import type { Unavailable } from "../errors.ts";
import type { Account } from "../model/account.ts";
import type { IsoTime } from "../model/glossary.ts";

const BY_ITSELF =
  "Until then the connector tries every few minutes: when the network takes the account again, it goes on by itself.";

/** How one of our accounts fares: the worst of its feeds counts. */
export interface Standing {
  readonly account: Account;
  /** What its feeds wait for, by their names. */
  readonly waits: Map<string, Unavailable>;
  lastHeardAt: IsoTime | undefined;
  /** When its disconnection began, as far as this process saw it. */
  disconnectedAt: IsoTime | undefined;
  /** A disconnection that was told before may have ended. */
  isOver: boolean;
}

export function toStanding(account: Account): Standing {
  return { account, waits: new Map(), lastHeardAt: undefined, disconnectedAt: undefined, isOver: false };
}

export function toDisconnected({ waits }: Standing): Disconnected | undefined {
  return [...waits.values()].find((wait) => wait instanceof Disconnected);
}

export function toHealth(standing: Standing): Pick<News, "health" | "detail"> {
  const disconnected = toDisconnected(standing);
  if (disconnected !== undefined)
    return { health: "Disconnected", detail: `${toSentence(disconnected.message)} ${disconnected.remedy}` };
  const [wait] = standing.waits.values();
  return wait === undefined ? { health: "Connected", detail: "" } : { health: "Degraded", detail: wait.message };
}

/** Of an account that another connector hears: that one will tell more. */
export function toBorn(account: Account): News {
  const detail = "It is not heard yet.";
  return { account, health: "Degraded", detail, lastHeardAt: undefined, coverage: [], born: true };
}

/** For the coordinator. */
export function toTask({ account }: Standing, { remedy }: Disconnected, since: IsoTime): NonNullable<News["task"]> {
  return { since, subject: `Connect ${account.handle} (${account.network}) again`, remedy: `${remedy} ${BY_ITSELF}` };
}

function toSentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}
