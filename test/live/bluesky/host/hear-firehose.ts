import { IdResolver } from "@atproto/identity";
import { lexToJson } from "@atproto/lex-json";
import { Firehose } from "@atproto/sync";
import type { Event } from "@atproto/sync";
import type { JetstreamEvent } from "../../../fakes/bluesky/jetstream.ts";
import type { Servers } from "./open-servers.ts";

export interface Hearing extends AsyncDisposable {
  /** Until all that the server had told by now has been passed on. */
  settle(): Promise<void>;
}

/** Reads the server's own stream, checks each signature against the directory, and passes on what a Jetstream makes of it. */
export function hearFirehose(servers: Servers, tell: (event: JetstreamEvent) => void): Hearing {
  let reached = 0;
  let turn = Promise.resolve();
  let waiting: readonly { readonly until: number; readonly go: () => void }[] = [];
  const pass = () => {
    const ready = waiting.filter(({ until }) => until <= reached);
    waiting = waiting.filter(({ until }) => until > reached);
    for (const { go } of ready) go();
  };
  const firehose = new Firehose({
    service: servers.pds.replace("http", "ws"),
    // Names ending in .test are nowhere in the world, and the library takes no address without encryption by itself.
    idResolver: new IdResolver({ plcUrl: servers.plc, fetch: globalThis.fetch }),
    unauthenticatedHandles: true,
    runner: {
      getCursor: () => reached,
      // The stream's own order, over all accounts.
      trackEvent: (_did, seq, work) =>
        (turn = turn.then(work).then(() => {
          reached = seq;
          pass();
        })),
    },
    handleEvent: (event) => {
      const told = toJetstreamEvent(event);
      if (told !== undefined) tell(told);
    },
    onError: (error) => {
      throw error;
    },
  });
  void firehose.start();
  return {
    settle: async () => {
      const until = await servers.position();
      await new Promise<void>((go) => {
        waiting = [...waiting, { until, go }];
        pass();
      });
    },
    [Symbol.asyncDispose]: () => firehose.destroy(),
  };
}

function toJetstreamEvent(event: Event): JetstreamEvent | undefined {
  const { did, time } = event;
  if (event.event === "sync") return undefined;
  if (event.event === "account") {
    const { active, status } = event;
    return { kind: "account", did, time, active, ...(status === undefined ? {} : { status }) };
  }
  if (event.event === "identity") {
    const handle = event.didDocument?.alsoKnownAs?.[0]?.replace("at://", "");
    return { kind: "identity", did, time, ...(handle === undefined ? {} : { handle }) };
  }
  const { collection, rkey, rev } = event;
  const written =
    event.event === "delete" ? {} : { cid: event.cid.toString(), record: lexToJson(event.record) as unknown };
  return { kind: "commit", did, time, operation: event.event, collection, rkey, rev, ...written };
}
