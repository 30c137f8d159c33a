import { openLanguage, type ReadLanguage } from "./language.ts";

let language: ReadLanguage;
beforeAll(async () => {
  language = await openLanguage();
});

describe("the language of a post", () => {
  test.each([
    ["what the network says, where the words agree", "my bag never arrived in Oslo", "en", "en"],
    ["with its region", "my bag never arrived in Oslo", "en-GB", "en-GB"],
    ["what the words clearly say, where the network says otherwise", "Mein Koffer ist nicht angekommen", "en", "de"],
    ["what the words say, where the network says nothing", "¿dónde está mi maleta?", undefined, "es"],
    ["the network's on a few letters", "Danke", "de", "de"],
    ["unknown on a few letters alone", "ok", undefined, undefined],
    ["the words' where the network's is no tag", "my bag never arrived in Oslo", "not a tag!", "en"],
    ["the words' where the network does not know", "my bag never arrived in Oslo", "und", "en"],
    ["unknown without words", "", undefined, undefined],
    ["told by the script", "我的行李没有到,没有人回答我的问题", undefined, "zh"],
  ])("%s", (_, text, told, expected) => expect(language(text, told)).toBe(expected));
});
