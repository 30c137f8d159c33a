import { once } from "node:events";
import { toAccountName } from "../config.ts";
import { Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import { openHooks, type Taker } from "../http/hooks.ts";
import { LONGEST_BODY, toUs } from "../sources/webhook/index.ts";
import { toJsonSchema } from "../sources/webhook/schema.ts";
import { attend } from "./attend.ts";
import { DELIVERIES, type Hook } from "./hook.ts";
import { toLane } from "./listen.ts";
import type { Parts } from "./parts.ts";
import { toPostEntries } from "./post-entries.ts";

/**
 * Takes what other systems send, whichever connector gets it, until aborted. Without an account of the network webhook no port
 * is opened.
 */
export async function hearHooks(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, clock, board, coverage, telemetry } = parts;
  const accounts = config.accounts.filter((account) => account.network === "webhook");
  if (accounts.length === 0) return;
  board.set("webhooks", "starting");
  const hooks = await Promise.all(
    accounts.map(async (settings): Promise<Hook> => {
      const { account } = toUs(settings);
      const open = () => coverage.openDeliveries(account, DELIVERIES);
      return { settings, account, deliveries: await untilAvailable(clock, signal, open) };
    }),
  );
  await using server = await openHooks({
    ...config.webhooks,
    longestBody: LONGEST_BODY,
    schema: toJsonSchema(),
    takers: new Map(hooks.map((hook) => [hook.settings.name, toTaker(parts, hook)])),
    onOutcome: (outcome) => telemetry.metrics.hookDeliveries.inc({ outcome }),
    onUnforeseen: (error) => telemetry.log.error({ err: error }, "A delivery to a webhook met a bug"),
  });
  board.set("webhooks", "up", server.url);
  const stopped = signal.aborted ? undefined : once(signal, "abort");
  const attending = parts.shares.each(async (share, held) => {
    const ours = hooks.filter(({ settings }) => toLane(parts, toAccountName(settings)) === share);
    await Promise.all(ours.map((hook) => attend(parts, hook, held)));
  }, signal);
  await Promise.all([stopped, attending]);
}

/** Durable first, then the ledger: a crash between the two shows a gap that is none, never the other way round. */
function toTaker(parts: Parts, { account, deliveries }: Hook): Taker {
  const { clock, journal, reporter, sources, telemetry } = parts;
  const heard = telemetry.metrics.postsHeard.labels({ network: account.network, account: account.handle });
  return async (request) => {
    const delivery = sources.get(account.key)?.receive?.(request, clock.now());
    if (delivery === undefined) throw new Unavailable("The account is not open yet");
    const { events, complete } = delivery;
    await journal.append("posts", await toPostEntries(parts, events));
    await deliveries.delivered(events.length, complete);
    heard.inc(events.length);
    reporter.heard(account, DELIVERIES, clock.now());
    return events.length;
  };
}
