import { openReader, type Read } from "./reader.ts";

let read: Read;
beforeAll(async () => {
  read = await openReader();
});

describe("tone", () => {
  test.each([
    ["@nordwind my bag never arrived in Oslo and nobody answers", "negative"],
    ["@nordwind worst airline ever, I want my money back", "negative"],
    ["@nordwind thanks for nothing", "negative"],
    ["@nordwind not happy with this", "negative"],
    ["@nordwind that was not a good flight", "negative"],
    ["@nordwind nice crew but the flight was cancelled and we were stranded", "negative"],
    ["@nordwind 😡😡", "negative"],
    ["@nordwind great :( another delay", "mixed"],
    ["@nordwind sooooo annoying", "negative"],
    ["@nordwind you are amazing, thank you so much!", "positive"],
    ["@nordwind not bad at all, great crew", "positive"],
    ["@nordwind loooove the new seats ❤️", "positive"],
    ["@nordwind thx, u rock", "positive"],
    ["@nordwind flight 769 leaves from gate 4", "neutral"],
    ["@nordwind do you fly to Bergen?", "neutral"],
    ["@nordwind the staff was wonderful, the food was disgusting", "mixed"],
  ])("%s: %s", (text, sentiment) => expect(read({ text, language: "en" }).sentiment).toBe(sentiment));

  test.each([
    ["de", "@nordwind Mein Koffer ist nicht angekommen und keiner antwortet", "negative"],
    ["de", "@nordwind eine Frechheit, danke für nichts", "negative"],
    ["de", "@nordwind vielen Dank, ganz toller Service!", "positive"],
    ["de", "@nordwind der Flug geht um acht", "neutral"],
    ["de", "@nordwind das ist nicht schön", "negative"],
    ["es", "@nordwind mi maleta no ha llegado y nadie responde, qué vergüenza", "negative"],
    ["es", "@nordwind muchas gracias, excelente servicio", "positive"],
    ["fr", "@nordwind ma valise n'est jamais arrivée, c'est inadmissible", "negative"],
    ["fr", "@nordwind merci beaucoup, équipage formidable", "positive"],
    ["fr", "@nordwind j'adore votre avion, merci beaucoup", "positive"],
  ])("%s: %s: %s", (language, text, sentiment) => {
    expect(read({ text })).toMatchObject({ language, sentiment });
  });

  test("of words against each other turns with the disguised one", () => {
    const bad = read({ text: "@nordwind your staff suxx0rs", language: "en" });
    const good = read({ text: "@nordwind your staff r0xx0rs", language: "en" });
    expect([bad.sentiment, good.sentiment]).toEqual(["negative", "positive"]);
  });

  test("of louder and stressed words is stronger", () => {
    const [plain, loud] = ["that was awful", "that was AWFUL!!"].map((text) => read({ text, language: "en" }));
    expect(loud?.sentimentScore).toBeLessThan(plain?.sentimentScore ?? 0);
  });

  test("of letters under a heap of marks is read all the same", () => {
    const zalgo = Array.from("terrible", (letter) => `${letter}\u0335\u0321\u034f\u0489`).join("");
    expect(read({ text: `@nordwind ${zalgo}`, language: "en" }).sentiment).toBe("negative");
  });

  test.each([
    ["a megabyte", "terrible ".repeat(120_000)],
    ["half characters", "terrible \ud83d\ud83d\udc00"],
    ["signs only", "@$|0134 ".repeat(2_000)],
    ["nothing", ""],
    ["right to left", "الخدمة سيئة جدا"],
  ])("of %s is a score between -1 and 1", (_, text) => {
    const { sentimentScore } = read({ text });
    expect(Math.abs(sentimentScore)).toBeLessThanOrEqual(1);
  });
});

describe("intent", () => {
  test.each([
    ["@nordwind my bag never arrived and nobody answers", "complaint"],
    ["@nordwind why is your hotline always dead, this is ridiculous?", "complaint"],
    ["@nordwind the app doesn't work", "complaint"],
    ["@nordwind do you fly to Bergen?", "question"],
    ["@nordwind when does check in open", "question"],
    ["@nordwind hi, can I bring a guitar on board", "question"],
    ["@nordwind please send me the invoice", "request"],
    ["@nordwind I need a wheelchair on Friday", "request"],
    ["@nordwind thank you, lovely crew", "praise"],
    ["@nordwind at the airport now", "other"],
  ])("%s: %s", (text, intent) => expect(read({ text, language: "en" }).intent).toBe(intent));

  test.each([
    ["@nordwind wo finde ich meine Buchung?", "question"],
    ["@nordwind bitte meldet euch", "request"],
    ["@nordwind ¿cuándo sale el vuelo a Madrid?", "question"],
    ["@nordwind por favor ayuda con mi reserva", "request"],
    ["@nordwind pouvez vous me rappeler", "question"],
  ])("%s: %s", (text, intent) => expect(read({ text }).intent).toBe(intent));
});

describe("topics", () => {
  test.each([
    ["where is my luggage", ["delivery"]],
    ["you overcharged my credit card for the seats", ["billing", "booking"]],
    ["your site got pwn3d and I want a refund", ["billing", "app", "security"]],
    ["selling w@r3z", ["security"]],
    ["I will call my lawyer", ["legal"]],
    ["smoke in the cabin", ["safety"]],
    ["#LostLuggage", ["delivery"]],
    ["hello", ["other"]],
  ])("%s: %s", (text, topics) => expect(read({ text, language: "en" }).topics).toEqual(topics));
});
