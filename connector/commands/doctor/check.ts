import type { Clock } from "../../clock.ts";
import type { Finding } from "../../crm/crm.ts";
import { Disconnected, Misconfigured, Unavailable } from "../../errors.ts";

/** One thing to look at. It fails by itself: what it throws becomes a finding, and nothing else is held up by it. */
export interface Check {
  readonly what: string;
  /** What is only looked at is not changed. */
  look(signal: AbortSignal): Promise<readonly Finding[]>;
}

/** How long one check may take. */
export const MOST_MS = 30_000;

/** What the check found within its time. Never rejects. */
export async function runCheck(check: Check, clock: Clock, signal: AbortSignal): Promise<readonly Finding[]> {
  const late = new AbortController();
  const running = AbortSignal.any([signal, late.signal]);
  const inTime = check.look(running).catch((error: unknown) => [toFinding(check.what, error)]);
  const tooLate = clock.sleep(MOST_MS, running).then((): readonly Finding[] => {
    const remedy = "Look whether the other side is slow or a firewall drops what we send, and ask again";
    return [bad(check.what, `No answer within ${MOST_MS / 1000} s`, remedy)];
  });
  return await Promise.race([inTime, tooLate]).finally(() => late.abort());
}

export function good(what: string, detail: string): Finding {
  return { what, state: "good", detail: toSentence(detail), remedy: "" };
}

export function doubtful(what: string, detail: string, remedy: string): Finding {
  return { what, state: "doubtful", detail: toSentence(detail), remedy: toSentence(remedy) };
}

export function bad(what: string, detail: string, remedy: string): Finding {
  return { what, state: "bad", detail: toSentence(detail), remedy: toSentence(remedy) };
}

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const WAITS = "Look whether its address is right and whether it is up; the connector waits and goes on by itself";

/** Only what we worded ourselves is told: another error's message may quote a secret or a customer. */
function toFinding(what: string, error: unknown): Finding {
  if (error instanceof Disconnected) return bad(what, error.message, error.remedy);
  if (error instanceof Misconfigured) return bad(what, ...toHalves(error.message, "Mend it and start the connector"));
  if (error instanceof Unavailable) return bad(what, ...toHalves(error.message, WAITS));
  const name = Error.isError(error) ? error.name : "unknown";
  return bad(what, `Looking failed in an unforeseen way (${name})`, "Report it, with what stands here");
}

/** Our sentences say what is wrong, and behind a colon or in a second sentence what to do. */
function toHalves(message: string, otherwise: string): readonly [detail: string, remedy: string] {
  const [, detail = message, remedy = otherwise] = /^(.+?)(?:: |\. )(.+)$/s.exec(message) ?? [];
  return [detail, remedy.slice(0, 1).toUpperCase() + remedy.slice(1)];
}
