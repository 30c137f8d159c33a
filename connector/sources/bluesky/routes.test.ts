import type { Post } from "../../model/post.ts";
import { toPublicBlock } from "./routes.ts";

const toBlock = (rkey: string) =>
  toPublicBlock({ visibility: "public", key: `bluesky:did:plc:anna/${rkey}` } as Partial<Post> as Post);

test("what no reply can be kept single under says so before anybody writes one", () => {
  expect(toBlock("3l3qo2vuowo2b")).toBeUndefined();
  expect(toBlock("my-post")).toContain("in Bluesky");
});
