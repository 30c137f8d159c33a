import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { JetstreamEvent } from "../../fakes/bluesky/jetstream.ts";
import type { Opened, Order, Surroundings, Word } from "./host/orders.ts";

type Act = Order extends infer One ? (One extends Order ? Omit<One, "number"> : never) : never;

/** The process that holds real servers. They are loaded once, for as many networks as are wanted. */
export interface Host extends AsyncDisposable {
  open(surroundings: Surroundings, tell: (event: JetstreamEvent) => void): Promise<HostedNetwork>;
}

export interface HostedNetwork extends AsyncDisposable, Opened {
  /** Until the network's stream has told all that was written by now. */
  settle(): Promise<void>;
}

/** Rejects whatever is asked for where the process ends before its time. */
export function openHost(): Host {
  const child = fork(join(import.meta.dirname, "host/main.ts"), {
    execArgv: ["--no-warnings"],
    env: { ...process.env, LOG_ENABLED: "false" },
  });
  const asked = new Map<number, PromiseWithResolvers<Opened | undefined>>();
  const listeners = new Map<string, (event: JetstreamEvent) => void>();
  let number = 0;

  child.on("message", (word: Word) => {
    if ("event" in word) {
      listeners.get(word.network)?.(word.event);
      return;
    }
    const answer = asked.get(word.number);
    asked.delete(word.number);
    if ("failed" in word) answer?.reject(new Error(word.failed));
    else answer?.resolve(word.opened);
  });
  child.on("exit", (code) => {
    for (const { reject } of asked.values())
      reject(new Error(`The process of the real servers has ended: ${code ?? ""}`));
    asked.clear();
  });
  const ask = (act: Act): Promise<Opened | undefined> => {
    const answer = Promise.withResolvers<Opened | undefined>();
    number += 1;
    asked.set(number, answer);
    child.send({ ...act, number });
    return answer.promise;
  };

  return {
    open: async (surroundings, tell) => {
      const network = `network ${number}`;
      listeners.set(network, tell);
      const opened = await ask({ act: "open", network, surroundings });
      if (opened === undefined) throw new Error("The servers have no address");
      return {
        ...opened,
        settle: async () => {
          await ask({ act: "settle", network });
        },
        [Symbol.asyncDispose]: async () => {
          await ask({ act: "close", network });
          listeners.delete(network);
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
