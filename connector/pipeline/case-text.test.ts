import { toTestMessage, toTestPersona, toTestPost } from "../../test/fakes/posts.ts";
import { toCaseText } from "./case-text.ts";

describe("what a new Case is called", () => {
  test("the author and the words, without the names in front", () => {
    expect(toCaseText(toTestPost("1", "anna", { text: "@nordwind @ben My bag\nis lost" }))).toEqual({
      subject: "Anna: My bag is lost",
      description: "@nordwind @ben My bag\nis lost\n\nAnna (@anna@social.example)\nhttps://social.example/1",
    });
  });

  test("a megabyte is cut, and never through a character", () => {
    const { subject, description } = toCaseText(toTestPost("1", "anna", { text: "😡".repeat(250_000) }));
    expect(subject.length).toBeLessThanOrEqual(255);
    expect(description.length).toBeLessThanOrEqual(32_000);
    expect(subject.isWellFormed()).toBe(true);
    expect(description.isWellFormed()).toBe(true);
    expect(description).toContain("https://social.example/1");
  });

  test("nothing in it turns our words around or breaks the line", () => {
    const author = { ...toTestPersona("anna"), displayName: "\u202eEve\u2066\n" };
    expect(toCaseText(toTestPost("1", "anna", { author, text: "a\u202eb\u0000c" })).subject).toBe("Eve: a b c");
  });

  test("a family stays a family", () => {
    const family = "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}";
    const { subject } = toCaseText(toTestPost("1", "anna", { text: `${family} a\u200Db` }));
    expect(subject).toBe(`Anna: ${family} a b`);
  });

  test("a nameless author goes by the handle, a wordless post by that", () => {
    const author = { ...toTestPersona("anna"), displayName: " " };
    expect(toCaseText(toTestPost("1", "anna", { author, text: "" })).subject).toBe(
      "@anna@social.example: a post without words",
    );
  });

  test("of a private message neither words nor link", () => {
    const text = toCaseText(toTestMessage("1", "anna", { text: "My booking is XK4711" }));
    expect(text.subject).toBe("Private message from Anna");
    expect(JSON.stringify(text)).not.toMatch(/XK4711|https/u);
  });
});
