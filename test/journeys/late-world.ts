import { systemClock } from "../../connector/clock.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import type { NetworkUser, Shown } from "./network-user.ts";
import { readWholeOrg, untilQuiet } from "./whole-org.ts";
import { openWorld, waitFor, type World } from "./world.ts";

/** How the connector loses a call: it waits no longer and asks again, or it ends and begins anew. */
type Fate = "gives it up" | "dies";
const FATES: readonly Fate[] = ["gives it up", "dies"];

/** A world whose org keeps calls of the connector to itself, to carry them out much later. */
export interface LateWorld extends World {
  readonly rita: CrmUser;
  readonly ada: CrmUser;
  /** The org keeps the next call (or `times` calls) that has these words in it; `skip`: so many such calls pass before. */
  hold(words: string, skip?: number, times?: number): Promise<void>;
  /** The call is under way, and lost; `meanwhile` something happens. */
  lose(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Fails where anything at all changes when the call comes to stand, or follows from that. */
  expectLateCallToChangeNothing(): Promise<void>;
  /** The connector's clock shows an hour less. */
  setBack(): void;
  /** The clocks of org and network show a minute more. */
  nextMinute(): void;
  casesOf(handle: string): Promise<readonly CrmRow[]>;
  postsOf(handle: string): Promise<readonly CrmRow[]>;
  soleCase(handle: string): Promise<CrmRow>;
  solePost(handle: string): Promise<CrmRow>;
  /** A Contact, with this handle on record. */
  contact(name: string, handle?: string): Promise<string>;
  complain(handle: string, words: string): Promise<[NetworkUser, Shown]>;
}

/** Tests that are played twice side by side: in a world whose connector gives calls up, and in one where it dies of them. */
export function playLate(
  tests: (play: (name: string, body: (world: LateWorld) => Promise<void>) => void) => void,
): void {
  let worlds: readonly LateWorld[] = [];
  beforeAll(async () => {
    worlds = await Promise.all(FATES.map(openLateWorld));
  }, 60_000);
  afterAll(() => Promise.all(worlds.map((world) => world[Symbol.asyncDispose]())));

  tests((name, body) => {
    test(name, async () => {
      const played = await Promise.allSettled(worlds.map((world) => body(world)));
      const failed = played.flatMap((one, at) => (one.status === "rejected" ? { at, why: one.reason as unknown } : []));
      const [first] = failed;
      if (first === undefined) return;
      const fates = failed.map(({ at }) => FATES[at]).join(" and ");
      throw new Error(`where the connector ${fates}`, { cause: first.why });
    });
  });
}

async function openLateWorld(fate: Fate): Promise<LateWorld> {
  let [lead, lag] = [0, 0];
  const world = await openWorld({
    now: () => Date.now() + lead,
    clock: { ...systemClock, now: () => new Date(Date.now() - lag).toISOString() },
    config: (config) => ({ ...config, salesforce: { ...config.salesforce, callSeconds: 1, sweepSeconds: 0.1 } }),
  });
  return Object.assign(world, toLateCalls(world, fate), toLooks(world), {
    nextMinute: () => void (lead += 60_000),
    setBack: () => void (lag += 3_600_000),
  });
}

function toLateCalls(world: World, fate: Fate): Pick<LateWorld, "hold" | "lose" | "expectLateCallToChangeNothing"> {
  const faults = `${world.sandbox.orgUrl}/sandbox/faults`;
  const isHeld = async () => ((await (await fetch(faults)).json()) as { held: number }).held > 0;
  return {
    async hold(words, skip = 0, times = 1) {
      await fetch(faults, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ match: { path: "/composite", body: words }, skip, times, act: "hold" }]),
      });
    },
    async lose(meanwhile) {
      await waitFor("a held call", isHeld);
      if (fate === "dies") await world.connector.stop();
      await meanwhile?.();
      if (fate === "dies") await world.connector.start();
    },
    async expectLateCallToChangeNothing() {
      const before = await untilQuiet(world);
      // The org carries out what it lets go before it answers.
      await fetch(faults, { method: "DELETE" });
      expect(readWholeOrg(world)).toEqual(before);
      expect(await untilQuiet(world)).toEqual(before);
    },
  };
}

function toLooks(
  world: World,
): Pick<LateWorld, "rita" | "ada" | "casesOf" | "postsOf" | "soleCase" | "solePost" | "contact" | "complain"> {
  const [rita, ada] = [world.crmUser("rita"), world.crmUser("ada")];
  const toFullHandle = (handle: string): string => `${handle}@nordwind.social`;
  const casesOf = (handle: string) =>
    rita.query(
      "SELECT Id, Subject, Description, Status, IsClosed, Priority, Social_First_Response_At__c FROM Case " +
        `WHERE Social_Persona__r.Handle__c = '${toFullHandle(handle)}' ORDER BY CaseNumber`,
    );
  const postsOf = (handle: string) =>
    rita.query(
      "SELECT Id, Text__c, Deleted_At__c, Sentiment__c, Contact__c, Case__c, Social_Account__c FROM Social_Post__c " +
        `WHERE Persona__r.Handle__c = '${toFullHandle(handle)}' ORDER BY Posted_At__c, Id`,
    );
  return {
    ...{ rita, ada, casesOf, postsOf },
    soleCase: (handle) => waitFor(`a Case of ${handle}`, async () => (await casesOf(handle)).at(0)),
    solePost: (handle) => waitFor(`a post of ${handle}`, async () => (await postsOf(handle)).at(0)),
    contact: (name, handle) =>
      ada.create("Contact", {
        LastName: name,
        ...(handle === undefined ? {} : { Mastodon__c: toFullHandle(handle) }),
      }),
    async complain(handle, words) {
      const person = await world.person(handle);
      return [person, await person.post(`@nordwind ${words}`)];
    },
  };
}
