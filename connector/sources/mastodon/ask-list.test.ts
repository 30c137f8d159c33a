import { askList } from "./ask-list.ts";

const feed = { name: "words", remedy: "Look whether the timeline is public." };

test("knows each element's id and time, where it has them", async () => {
  const at = "2026-03-02T09:00:00.000Z";
  const elements = [{ id: "7", created_at: at, more: 1 }, { id: 8 }, "nonsense"];
  expect(await askList(Promise.resolve(elements), feed)).toEqual([
    { id: "7", wire: elements[0], at },
    { id: "", wire: elements[1], at: undefined },
    { id: "", wire: elements[2], at: undefined },
  ]);
});
