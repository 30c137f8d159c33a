import { COMPANY, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import type { Post } from "../model/post.ts";
import { toNoise } from "./screen.ts";

const heard = (text: string, change: Partial<Post> = {}): Post =>
  toTestPost("1", "anna", { kind: "post", text, ...change });
const said = (text: string, change: Partial<Post> = {}): Post => toTestPost("1", "anna", { text, ...change });

describe("noise", () => {
  test.each<[string, Post]>([
    ["nothing at all", said("")],
    ["blanks", said(" \n\u00a0")],
    ["an empty private message", toTestMessage("1", "anna", { text: "" })],
    ["a bare name", said("@nordwind")],
    ["a friend called to our post", said("@nordwind @ben@other.example", { kind: "reply" })],
    ["a share", said("RT @ben: @nordwind lost my bag")],
    ["tags and a link, heard by a word", heard("#nordwind #deals https://a.example/x")],
    ["an advertisement", heard("Cheap flights! #nordwind #travel #deals #win #now https://a.example/x")],
  ])("%s", (_, post) => expect(toNoise(post)).toMatch(/^It .*\.$/u));

  test.each<[string, Post]>([
    ["one word", said("@nordwind hello")],
    ["an emoji", said("@nordwind 😡")],
    ["a question mark", said("@nordwind ?")],
    ["a hashtag said to us", said("@nordwind #lostluggage")],
    ["a link said to us", said("@nordwind https://a.example/broken-bag.jpg")],
    ["a picture without words", said("", { media: [{ url: "https://a.example/1.jpg", kind: "image" }] })],
    ["words before a share", said("Nice. RT @ben: hello")],
    ["Arabic", said("@nordwind أين حقيبتي")],
    ["tags and words said to us", said("@nordwind lost #a #b #c #d #e https://a.example/x")],
    ["a listener's word in a sentence", heard("The nordwind blows #weather")],
    ["a comment that names us", heard("@nordwind help", { kind: "comment", mentions: [COMPANY] })],
    ["a private message of signs", toTestMessage("1", "anna", { text: "..." })],
    ["our own empty post", toTestPost("1", "nordwind", { text: "" })],
  ])("%s is none", (_, post) => expect(toNoise(post)).toBeUndefined());

  test("of a megabyte is found out before the test's time is up", () => {
    expect(toNoise(heard("@a ".repeat(350_000)))).toBeDefined();
    expect(toNoise(heard("#a".repeat(500_000)))).toBeDefined();
  });
});
