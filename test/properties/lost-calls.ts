import { orderFaults } from "../contracts/crm/salesforce-place.ts";
import { waitFor } from "../journeys/wait-for.ts";
import type { ServedOrg } from "./served-org.ts";

/** A call that writes such rows is given up; the org keeps it. False: there was none, and the attempt is over. */
export async function loseCall(
  { test: { url } }: ServedOrg,
  words: string,
  attempt: (signal: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  await orderFaults(url, [{ match: { path: "/composite", body: words }, act: "hold" }]);
  const stop = new AbortController();
  const running = { isOver: false };
  const ended = attempt(stop.signal).finally(() => (running.isOver = true));
  const isHeld = async () => ((await (await fetch(`${url}/sandbox/faults`)).json()) as { held: number }).held > 0;
  const isLost = await waitFor("a held call, or none", async () => {
    if (await isHeld()) return "lost";
    return running.isOver ? "over" : undefined;
  });
  stop.abort();
  const [outcome] = await Promise.allSettled([ended]);
  if (isLost === "lost") return true;
  if (outcome.status === "rejected") throw outcome.reason;
  await letGo(url);
  return false;
}

/** The org carries out what it kept. */
export async function letGo(url: string): Promise<void> {
  await fetch(`${url}/sandbox/faults`, { method: "DELETE" });
}
