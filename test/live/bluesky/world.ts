import { pino } from "pino";
import { openBluesky } from "../../../connector/sources/bluesky/index.ts";
import type { Person as Speaker, Trouble, World } from "../../contracts/source/scene.ts";
import { Refused } from "../../fakes/bluesky/refusal.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import type { Fault } from "../../fakes/bluesky/server.ts";
import type { Refusal } from "../../fakes/bluesky/jetstream.ts";
import type { Host } from "./host.ts";
import { openNetwork } from "./network.ts";
import type { Person } from "./person.ts";

interface Troubled {
  readonly faults: readonly Fault[];
  readonly stream?: Refusal;
}

const ALL = /^\/xrpc/;

function always(act: Fault["act"], stream: Refusal = "hang up"): Troubled {
  return { faults: [{ fits: ALL, act }], stream };
}

const TROUBLES: Readonly<Record<Trouble, Troubled>> = {
  down: always(new Refused(503, "UpstreamFailure")),
  busy: always(new Refused(429, "RateLimitExceeded"), { status: 429, error: "RateLimitExceeded", retryAfter: 30 }),
  refused: {
    faults: [{ fits: /listNotifications|getLog/, act: new Refused(403, "Forbidden") }],
    stream: { status: 403, error: "Forbidden" },
  },
  suspended: { faults: always(new Refused(401, "AccountTakedown")).faults },
  "token refused": { faults: always(new Refused(401, "AuthenticationRequired")).faults },
  forgetful: { faults: [{ fits: /getPosts\b/, act: "forget" }] },
  "connection cut": always("before"),
  "answer lost": { faults: [{ fits: /putRecord|sendMessage/, act: "after" }] },
  "no stream": { faults: [], stream: "hang up" },
};

/** The contract's network, with the company as `nordwind.test`: what it says and hears goes through real servers. */
export async function openRealWorld(host: Host): Promise<World> {
  let keepUp = (): void => undefined;
  const network = await openNetwork(host, () => keepUp());
  const { front, jetstream, stored } = network;
  const company = await network.person("nordwind");
  const password = await company.newAppPassword("Earshot", true);
  return {
    open: (clock, mode = "engage") => {
      keepUp = toKeepUp(clock);
      keepUp();
      return openBluesky({
        handle: company.handle,
        password,
        service: front.url,
        jetstream: jetstream.url,
        plc: network.plc,
        messages: true,
        words: ["lost luggage"],
        mode,
        clock,
        log: pino({ level: "silent" }),
      });
    },
    person: async (name) => toSpeaker(await network.person(name), company, () => Promise.resolve(company)),
    us: () => Promise.resolve(toSpeaker(company, company, (text) => network.person(/@(\w+)\./.exec(text)?.[1] ?? ""))),
    edition: (post) => Promise.resolve(stored.records.get(toUri(post))?.cid),
    dropStreams: () => {
      jetstream.drop();
      return Promise.resolve();
    },
    muteStreams: () => {
      jetstream.mute();
      return Promise.resolve();
    },
    trouble: (what) => {
      const { faults, stream } = TROUBLES[what];
      front.setFaults(faults);
      jetstream.refuse(stream);
      return Promise.resolve();
    },
    calm: () => {
      front.setFaults([]);
      jetstream.refuse(undefined);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** The real servers go by the real time: whenever they tell something, the test's clock is not behind them. */
function toKeepUp(clock: ManualClock): () => void {
  const startMs = Date.parse(clock.now()) - clock.monotonicMs();
  let passedMs = 0;
  return () => {
    const behindMs = Date.now() - startMs - passedMs;
    passedMs += behindMs;
    clock.advance(behindMs);
  };
}

function toSpeaker(person: Person, company: Person, toReader: (text: string) => Promise<Person>): Speaker {
  const isMessage = (key: string) => key.includes("/messages/");
  return {
    handle: person.handle,
    say: async (text, { answering, private: isPrivate = false } = {}) => {
      if (!isPrivate) return await person.say(text, answering);
      return await person.write(await toReader(text), text, { keptBy: company, answering });
    },
    edit: (post, text) => person.edit(post, text),
    remove: (post) => (isMessage(post) ? person.forget(post) : person.remove(post)),
    answersTo: async (post) => [...(await person.answersTo(post, company)), ...person.messages()],
  };
}

function toUri(key: string): string {
  return `at://${key.replace("bluesky:", "").replace("/", "/app.bsky.feed.post/")}`;
}
