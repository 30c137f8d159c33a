import path from "node:path";
import type { Chance } from "../../../scripts/fuzz/random.ts";
import { openSpeaker, toDoings, toWords, type Speaker, type Town } from "../town/town.ts";
import { openWorld, type World } from "../world.ts";
import { toNowMs, type FastTime } from "./fast-clock.ts";

/** A town with the world around it, where time runs fast. */
export interface KillTown extends Town, AsyncDisposable {
  readonly world: World;
  readonly time: FastTime;
  orgFile(): string;
  networkFile(): string;
}

export async function openTown(chance: Chance, factor = 30): Promise<KillTown> {
  const time = { factor, epochMs: Date.now() };
  const nowMs = (): number => toNowMs(time);
  const world = await openWorld({
    stopped: true,
    now: nowMs,
    config: (config) => ({
      ...config,
      salesforce: { ...config.salesforce, callShare: 1, sweepSeconds: 3, callSeconds: 10 },
    }),
  });
  await fetch(`${world.sandbox.orgUrl}/sandbox/limits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dailyApiRequests: 50_000_000 }),
  });
  const rita = world.crmUser("rita");
  const [user] = await rita.query("SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
  const folder = path.dirname(world.config.journal);
  return {
    ...toDoings(world.company),
    world,
    time,
    chance,
    square: { url: world.sandbox.networkUrl, host: "nordwind.social" },
    orgUrl: world.sandbox.orgUrl,
    rita,
    ritasId: user?.Id ?? "",
    speakers: await openSpeakers(world),
    reach: 25,
    diary: [],
    during: "the start",
    nowMs,
    newWord: toWords(),
    orgFile: () => path.join(folder, "org.sqlite"),
    networkFile: () => path.join(folder, "network.db"),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const KINDS = [
  "linked",
  "linked",
  "linked",
  "twofold",
  "twofold",
  "stranger",
  "stranger",
  "stranger",
  "private",
] as const;

async function openSpeakers(world: World): Promise<readonly Speaker[]> {
  const [ada, host] = [world.crmUser("ada"), "nordwind.social"];
  const speakers: Speaker[] = [];
  for (const [index, kind] of KINDS.entries())
    speakers.push(
      await openSpeaker({ handle: `${kind}_${index}`, kind, host, ada, join: (name) => world.person(name) }),
    );
  return speakers;
}
