import { toAddress, toDid, toMessageIds, toMessageKey, toPersonaKey, toPostKey } from "./keys.ts";

test("a key leads back to what it names, and to nothing else", () => {
  const post = toPostKey("did:plc:anna", "3l3qo2vuowo2b");
  const persona = toPersonaKey("did:plc:anna");
  const message = toMessageKey("did:plc:us", "convo1", "m1");
  expect([post, persona, message].map(toAddress)).toEqual([
    { did: "did:plc:anna", rkey: "3l3qo2vuowo2b" },
    undefined,
    undefined,
  ]);
  expect([post, persona, message].map(toDid)).toEqual([undefined, "did:plc:anna", undefined]);
  expect(toMessageIds("did:plc:us", message)).toEqual({ convoId: "convo1", id: "m1" });
  expect(toMessageIds("did:plc:other", message)).toBeUndefined();
});

test.each(["", "bluesky:", "bluesky:did:plc:a/../b", "bluesky:anna.test/3l", "mastodon:social.example/7"])(
  "%j is no post here",
  (key) => {
    expect(toAddress(key)).toBeUndefined();
  },
);
