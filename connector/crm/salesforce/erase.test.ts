import { never } from "../../../test/contracts/crm/place.ts";
import type { Said } from "../../model/prints.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { erase } from "./erase.ts";
import { CUT } from "./erased.ts";
import { toFields } from "./fields.ts";
import type { RowError } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import type { Row } from "./rows.ts";

const f = toFields("");
const AT = "2026-03-01T12:00:00.000Z";
const KEY = "test:social.example/1";

interface Body {
  readonly records: readonly NewRow[];
}

/** An org that finds these rows, and whose rules answer to a row that is written. */
function openOrg(found: Readonly<Record<string, readonly Row[]>>, refuse: (row: NewRow) => RowError | undefined) {
  const asked: string[] = [];
  const written: NewRow[] = [];
  const toAnswer = ({ ref, method, path, body }: Step): StepResult => {
    if (method === "GET") {
      asked.push(path.split("?")[0] === "queryAll" ? `${ref} with all` : ref);
      return { status: 200, body: { records: found[ref] ?? [], done: true } };
    }
    const { records } = body as Body;
    const answers = records.map((row) => {
      const error = refuse(row);
      if (error === undefined) written.push(row);
      return { success: error === undefined, errors: error === undefined ? [] : [error] };
    });
    return { status: 200, body: answers };
  };
  const session: Session = {
    userId: undefined,
    composite: (steps) => Promise.resolve(new Map(steps.map((step) => [step.ref, toAnswer(step)]))),
    more: () => Promise.reject(new Error("there is no further page")),
  };
  return {
    asked,
    written,
    erase(said: readonly Said[] = []) {
      const saidBefore = () => Promise.resolve(new Map([[KEY, said]]));
      return erase({ session, fields: f, saidBefore }, [{ key: KEY, at: AT }], never);
    },
  };
}

const task = (more: Row): Row => ({
  Id: "00T1",
  ...{ IsDeleted: false, [f.task.postKey]: KEY, [f.task.excerptLength]: 9 },
  ...{ Subject: "Social post by @anna: old words", Description: "old words" },
  ...more,
});

test("archived activities are looked for; what lies in the recycle bin is left there", async () => {
  const binned = task({ Id: "00T2", IsDeleted: true });
  const org = openOrg({ tasks: [task({}), binned] }, () => undefined);
  await org.erase();
  expect(org.asked.filter((ref) => ref.endsWith("with all"))).toEqual(["tasks with all"]);
  expect(org.written.map((row) => row["Id"])).toEqual(["00T1"]);
});

test("where a rule refuses to have a field emptied, the words are cut out of it", async () => {
  const post = { Id: "a01", IsDeleted: false, [f.post.key]: KEY, [f.post.text]: "old words" };
  const refusal = { statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: "", fields: [f.task.postKey] };
  const org = openOrg({ posts: [post], tasks: [task({})] }, (row) =>
    row["Id"] === "00T1" && row["Description"] === null ? refusal : undefined,
  );
  await org.erase();
  expect(org.written.find((row) => row["Id"] === "00T1")).toMatchObject({ Subject: CUT, Description: CUT });
});

test("rows that nobody can write are waited for, and what is refused for good is told", async () => {
  const refuse = (statusCode: string) => () => ({ statusCode, message: "House rule", fields: [] });
  const locked = openOrg({ tasks: [task({})] }, refuse("UNABLE_TO_LOCK_ROW"));
  await expect(locked.erase()).rejects.toMatchObject({ name: "Unavailable" });
  const ruled = openOrg({ tasks: [task({})] }, refuse("FIELD_CUSTOM_VALIDATION_EXCEPTION"));
  await expect(ruled.erase()).rejects.toMatchObject({
    name: "Declined",
    reason: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    message: expect.stringContaining("House rule") as string,
  });
});

test("where nobody knows the words any more, all that may be theirs goes", async () => {
  const rewritten = task({ Subject: "Seat 12C: old words", Description: "old words, called her" });
  const org = openOrg({ tasks: [rewritten] }, () => undefined);
  await org.erase();
  expect(org.written).toMatchObject([{ Subject: CUT, Description: CUT, [f.task.excerptLength]: null }]);
});

test("where a call was cut short after the post's row, a draft that quotes it is found by what is remembered", async () => {
  const post = { Id: "a01", IsDeleted: false, [f.post.key]: KEY, [f.post.deletedAt]: AT };
  const reply = {
    Id: "a02",
    IsDeleted: false,
    [f.reply.status]: "Draft",
    [f.reply.text]: "“where is my old bag?”: sorry",
  };
  const org = openOrg({ posts: [post], beside: [reply] }, () => undefined);
  await org.erase([{ version: 0, isPublic: true, words: "where is my old bag?" }]);
  expect(org.written).toMatchObject([{ Id: "a02", [f.reply.text]: `“${CUT}”: sorry` }]);
});

test("the post's row keeps the words until they have gone everywhere else: the next try knows them, too", async () => {
  const post = { Id: "a01", IsDeleted: false, [f.post.key]: KEY, [f.post.text]: "old words" };
  const locked = { statusCode: "UNABLE_TO_LOCK_ROW", message: "", fields: [] };
  const org = openOrg({ posts: [post], tasks: [task({})] }, (row) => (row["Id"] === "00T1" ? locked : undefined));
  await expect(org.erase()).rejects.toMatchObject({ name: "Unavailable" });
  expect(org.written).toEqual([]);
});
