import { sourceContract } from "../../contracts/source.ts";
import { openHost } from "./host.ts";
import { openRealWorld } from "./world.ts";

const host = openHost();
afterAll(() => host[Symbol.asyncDispose]());

sourceContract(() => openRealWorld(host), "@nordwind.test", {
  named: "jetstream",
  asked: "notifications",
  own: "jetstream",
  words: "jetstream",
  messages: "messages",
  ownMessages: "messages",
  feeds: ["jetstream", "notifications", "messages"],
  // The stream is public: it asks nobody who they are.
  open: ["jetstream"],
  movesCursor: true,
  knowsRoots: true,
  greets: false,
  takenBackBy: "reader",
});
