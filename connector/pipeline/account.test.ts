import { COMPANY, toTestPost } from "../../test/fakes/posts.ts";
import { Unavailable } from "../errors.ts";
import { toAccount } from "./account.ts";

const never = new AbortController().signal;
const away = new Unavailable("An account is not connected to its network yet");
const OTHER = "test:social.example/accounts/other";

const stage = toAccount({
  get(key) {
    if (key === OTHER) throw away;
    return undefined;
  },
});

test("only what is addressed to an account that is not connected waits, and no tombstone does", async () => {
  const ours = { post: toTestPost("1", "anna", { account: COMPANY }) };
  const theirs = { post: toTestPost("2", "bruno", { account: OTHER }) };
  const gone = { ...theirs, gone: "2026-03-02T08:00:00.000Z" };
  const ignored = { ...theirs, ignored: { stage: "recorder", reason: "It was heard too." } };
  expect(await stage.apply([ours, theirs, gone, ignored], never)).toEqual([
    ours,
    { ...theirs, waits: away },
    gone,
    ignored,
  ]);
});

test("what is no fate of a network is a bug", async () => {
  const broken = toAccount({
    get() {
      throw new TypeError("no map");
    },
  });
  await expect(async () => await broken.apply([{ post: toTestPost("1", "anna") }], never)).rejects.toThrow(TypeError);
});
