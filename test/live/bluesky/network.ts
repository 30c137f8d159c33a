import { openJetstream } from "../../fakes/bluesky/jetstream.ts";
import type { Jetstream } from "../../fakes/bluesky/jetstream.ts";
import { openFront } from "./front.ts";
import type { Front } from "./front.ts";
import type { Host } from "./host.ts";
import { ADMIN_PASSWORD } from "./host/orders.ts";
import { openIndexServer } from "./index-server.ts";
import { openPerson } from "./person.ts";
import type { Person } from "./person.ts";
import { openStored } from "./stored.ts";
import type { Stored } from "./stored.ts";

/** A Bluesky of our own: a real server and directory, with stand-ins where the network has what cannot be had. */
export interface Network extends AsyncDisposable {
  readonly front: Front;
  /** The directory of accounts. */
  readonly plc: string;
  /** A stand-in, which tells what the real server's own stream tells. */
  readonly jetstream: Jetstream;
  readonly stored: Stored;
  /** Somebody with an account: `anna` is `anna.test`, and gets one at the first mention. */
  person(name: string): Promise<Person>;
  settle(): Promise<void>;
  /** By the network's moderators: takes an account down, or brings it back. */
  takeDown(did: string, isDown: boolean): Promise<void>;
}

/** `onTold` is called before anybody hears of an event. */
export async function openNetwork(host: Host, onTold: () => void = () => undefined): Promise<Network> {
  const front = await openFront();
  const jetstream = await openJetstream();
  const stored = openStored();
  const people = new Map<string, Promise<Person>>();
  const settle = (): Promise<void> => real.settle();
  const index = await openIndexServer(stored, settle);
  const real = await host.open({ publicPort: front.port, indexUrl: index.url }, (event) => {
    onTold();
    stored.hear(event);
    jetstream.publish(event);
  });
  front.passOnTo(real.pds);

  return {
    front,
    plc: real.plc,
    jetstream,
    stored,
    settle,
    person: (name) => {
      const person = people.get(name) ?? openPerson({ service: front.url, settle, chat: index.chat }, name);
      people.set(name, person);
      return person;
    },
    takeDown: async (did, isDown) => {
      const body = {
        subject: { $type: "com.atproto.admin.defs#repoRef", did },
        takedown: { applied: isDown, ref: "a moderator's note" },
      };
      const answer = await fetch(`${real.pds}/xrpc/com.atproto.admin.updateSubjectStatus`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString("base64")}`,
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`The server does not obey its moderators: ${await answer.text()}`);
      await settle();
    },
    [Symbol.asyncDispose]: async () => {
      await jetstream[Symbol.asyncDispose]();
      await front[Symbol.asyncDispose]();
      await real[Symbol.asyncDispose]();
      await index[Symbol.asyncDispose]();
    },
  };
}
