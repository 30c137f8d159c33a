import { toTestPost } from "../../test/fakes/posts.ts";
import type { AccountConfig } from "../config.ts";
import type { Listener } from "../rules/listener.ts";
import { openWish } from "./words.ts";

const account = { network: "mastodon", words: ["nordwind"] } as unknown as AccountConfig;
const toListener = (id: string, change: Partial<Listener>): Listener => {
  return { id, account: undefined, words: [], excluded: [], languages: [], ...change };
};

function toInUse(...listeners: Listener[]) {
  const told = new Set<() => void>();
  return {
    listeners: () => listeners,
    onListeners(tell: () => void) {
      told.add(tell);
      return () => told.delete(tell);
    },
    change(...next: Listener[]) {
      listeners = next;
      for (const tell of told) tell();
    },
    told,
  };
}

const heard = toTestPost("1", "anna", { kind: "post", text: "a lost bag", matched: ["lost bag"] });

test("an account listens for the configuration's words, and for those kept for it or for all", () => {
  const inUse = toInUse(
    toListener("all", { words: ["lost bag", "nordwind"] }),
    toListener("ours", { words: ["sale"], account: "us" }),
    toListener("theirs", { words: ["beer"], account: "them" }),
  );
  expect(openWish(inUse, account, "us").words).toEqual(["lost bag", "nordwind", "sale"]);
  expect(openWish(inUse, account, undefined).words).toEqual(["lost bag", "nordwind"]);
  expect(openWish(inUse, { network: "webhook" } as AccountConfig, "us").words).toEqual([]);
});

test("other words open it anew; whatever else changes is followed at once", () => {
  const inUse = toInUse(toListener("all", { words: ["lost bag"] }));
  const wish = openWish(inUse, account, "us");
  inUse.change(
    toListener("all", { words: ["lost bag"], excluded: ["hotel"] }),
    toListener("theirs", { account: "them" }),
  );
  expect(wish.changed.aborted).toBe(false);
  expect(wish.isWanted(heard, () => "en")).toBe(true);
  expect(wish.isWanted({ ...heard, text: "a lost bag in a hotel" }, () => "en")).toBe(false);
  inUse.change(toListener("all", { words: ["lost bag", "late"] }));
  expect(wish.changed.aborted).toBe(true);
  wish[Symbol.dispose]();
  expect(inUse.told.size).toBe(0);
});
