import { toDraft } from "../../../test/contracts/crm/drafts.ts";
import { toTestMessage, toTestPost } from "../../../test/fakes/posts.ts";
import type { Draft } from "../../model/draft.ts";
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

test("an excerpt is one line that fits, however many lines the post has", () => {
  const row = toPostRow(f, toDraft(toTestPost("lines", "anna", { text: "ab\n".repeat(200) })), []);
  expect(row[f.post.excerpt]).toMatch(/^(?:ab )+/);
  expect(String(row[f.post.excerpt]).length).toBeLessThanOrEqual(255);
  expect(row[f.post.text]).toMatch(/^ab\r\nab/);
});

test("who may read a post is what its newest version says", () => {
  const memory = { post: { key: "k", version: 0, gone: false, recordedAt: "", caseId: undefined, conversation: "k" } };
  const edit = { ...toDraft(toTestMessage("turned", "anna", { version: 5 })), memory } as unknown as Draft;
  expect(toPostRow(f, edit, [])).toMatchObject({ [f.post.visibility]: "private", [f.post.text]: null });
});
