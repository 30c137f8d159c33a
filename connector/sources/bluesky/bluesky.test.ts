import { sourceContract } from "../../../test/contracts/source.ts";
import { openBlueskyWorld } from "../../../test/fakes/bluesky/world.ts";

sourceContract(openBlueskyWorld, "@nordwind.test", {
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
