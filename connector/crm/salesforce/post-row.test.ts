import { toDraft } from "../../../test/contracts/crm/drafts.ts";
import { toTestMessage, toTestPost } from "../../../test/fakes/posts.ts";
import type { Post } from "../../model/post.ts";
import { toFields } from "./fields.ts";
import { toPostRow } from "./post-row.ts";

const f = toFields("");
const SECRET = "QX7PLM";
const telling: Partial<Post> = {
  text: `my booking is ${SECRET}`,
  media: [{ url: `https://files.example/${SECRET}.png`, kind: "image", description: `a ticket, ${SECRET}` }],
};

function toTelling(post: Post): readonly string[] {
  const row = toPostRow(f, toDraft(post), [{ kind: "Private message" }]);
  return Object.keys(row).filter((field) => JSON.stringify(row[field] ?? null).includes(SECRET));
}

test("of a private post, words and pictures stand in no field but the private one", () => {
  expect(toTelling(toTestMessage("private", "anna", telling))).toEqual([f.post.privateText]);
});

test("of a public one they stand where all may read them, and not in the private field", () => {
  expect(toTelling(toTestPost("public", "anna", telling))).toEqual([f.post.text, f.post.excerpt, f.post.media]);
});

test("a post that became private takes its pictures back", () => {
  expect(toPostRow(f, toDraft(toTestMessage("private", "anna", telling)), [])).toMatchObject({ [f.post.media]: null });
});
