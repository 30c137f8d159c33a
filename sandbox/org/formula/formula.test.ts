import type { Actor } from "../access.ts";
import { toAccess } from "../access/to-access.ts";
import { readMetadata } from "../metadata/index.ts";
import { sourceFolders } from "../testing/open-test-org.ts";
import { compileFormula } from "./compile.ts";
import type { FormulaRow, Setting, Value } from "./value.ts";

const { schema } = readMetadata(sourceFolders);
const customPermissions = new Set(["Earshot_Connector"]);

function compile(text: string, objectName = "Case"): ReturnType<typeof compileFormula> {
  const object = schema.object(objectName);
  if (!object) throw new Error(`no object ${objectName}`);
  return compileFormula({ schema, object, customPermissions }, text);
}

function actorWith(permissions: readonly string[]): Actor {
  const access = { ...toAccess("Standard User", []), permissions: new Set(permissions) };
  const id = "005SB0000000001YAA";
  return {
    id,
    username: "rita@x.example",
    name: "Rita",
    email: "rita@x.example",
    profile: "Standard User",
    role: "Support",
    owns: new Set([id]),
    access,
  };
}

interface Given {
  readonly row?: FormulaRow;
  readonly prior?: FormulaRow;
  readonly permissions?: readonly string[];
  readonly parents?: Readonly<Record<string, FormulaRow>>;
}

const now = Date.parse("2026-11-22T10:00:00Z");

function run(text: string, given: Given = {}, objectName?: string): Value {
  const setting: Setting = {
    row: given.row ?? {},
    ...(given.prior && { prior: given.prior }),
    actor: actorWith(given.permissions ?? []),
    now,
    parent: (_object, id) => given.parents?.[id],
  };
  return compile(text, objectName).run(setting);
}

describe("operators", () => {
  test.each<[string, Value]>([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 2 - 3", 5],
    ["-2 * 3", -6],
    ["7 / 2", 3.5],
    ['"a" & "b" & "c"', "abc"],
    ['"a" = "A"', false],
    ['"a" <> "b"', true],
    ["1 != 2", true],
    ["2 >= 2 && 1 < 2", true],
    ["1 > 2 || 2 == 2", true],
    ["!(1 > 2)", true],
    ["true && null = null", true],
    ["/* a comment */ 1 = 1", true],
  ])("%s is %s", (formula, expected) => {
    expect(run(formula)).toBe(expected);
  });

  test("&& binds closer than ||, as AND does", () => {
    expect(run("1 = 1 || 1 = 2 && 1 = 2")).toBe(true);
  });

  test("a difference of times counts days, and days are added to a time", () => {
    const row = { ClosedDate: now - 36 * 3_600_000 };
    expect(run("NOW() - ClosedDate", { row })).toBe(1.5);
    expect(run("ClosedDate + 1.5 = NOW()", { row })).toBe(true);
  });

  test("nothing is less or greater than no value", () => {
    expect(run("Version__c < 5", { row: { Version__c: null } }, "Social_Post__c")).toBe(false);
    expect(run("Version__c >= 5", { row: { Version__c: null } }, "Social_Post__c")).toBe(false);
  });
});

describe("functions", () => {
  test.each<[string, Value]>([
    ["AND(1 = 1, 2 = 2)", true],
    ["AND(1 = 1, 2 = 3)", false],
    ["OR(1 = 2, 2 = 2)", true],
    ["NOT(1 = 2)", true],
    ['IF(1 = 1, "yes", "no")', "yes"],
    ['ISBLANK("")', true],
    ['ISBLANK("x")', false],
    ["ISNULL(null)", true],
    ['LEN("four")', 4],
    ["LEN(Subject)", 0],
    ['BEGINS("mastodon:1", "mastodon")', true],
    ['BEGINS("x mastodon", "mastodon")', false],
    ['CONTAINS("abc", "b")', true],
    ['SUBSTITUTE("a b a", "a", "$&")', "$& b $&"],
    ['SUBSTITUTE("ab", "A", "x")', "ab"],
    ['UPPER("Ab c")', "AB C"],
    ['VALUE("12.5")', 12.5],
    ['VALUE("twelve")', null],
    ["NULLVALUE(null, 3)", 3],
    ['BLANKVALUE("", "else")', "else"],
    ["TEXT(12)", "12"],
    ["TEXT(TODAY())", "2026-11-22"],
    ['CASE(2, 1, "one", 2, "two", "many")', "two"],
    ['CASE(9, 1, "one", 2, "two", "many")', "many"],
  ])("%s is %s", (formula, expected) => {
    expect(run(formula)).toBe(expected);
  });

  test("a picklist is read by ISPICKVAL, TEXT and CASE", () => {
    const row = { Status: "New" };
    expect(run('ISPICKVAL(Status, "New")', { row })).toBe(true);
    expect(run('TEXT(Status) & "!"', { row })).toBe("New!");
    expect(run('CASE(Status, "New", 1, "Closed", 2, 0)', { row })).toBe(1);
  });

  test("ISNEW, ISCHANGED and PRIORVALUE look at how the row was", () => {
    const row = { Status: "Closed", Subject: "b" };
    const prior = { Status: "New", Subject: "b" };
    expect(run("ISNEW()", { row })).toBe(true);
    expect(run("ISNEW()", { row, prior })).toBe(false);
    expect(run("ISCHANGED(Status)", { row, prior })).toBe(true);
    expect(run("ISCHANGED(Subject)", { row, prior })).toBe(false);
    expect(run('ISPICKVAL(PRIORVALUE(Status), "New")', { row, prior })).toBe(true);
  });

  test("on a new row nothing has changed and the prior value is the value", () => {
    const row = { Status: "Closed" };
    expect(run("ISCHANGED(Status)", { row })).toBe(false);
    expect(run('ISPICKVAL(PRIORVALUE(Status), "Closed")', { row })).toBe(true);
  });
});

describe("names", () => {
  test("$Permission, $User, $Profile and $UserRole tell who is saving", () => {
    expect(run("$Permission.Earshot_Connector")).toBe(false);
    expect(run("$Permission.Earshot_Connector", { permissions: ["Earshot_Connector"] })).toBe(true);
    expect(run('$User.Username = "rita@x.example"')).toBe(true);
    expect(run('$Profile.Name = "Standard User"')).toBe(true);
    expect(run('$UserRole.Name = "Support"')).toBe(true);
  });

  test("paths lead over parents, and an empty lookup gives no value", () => {
    const parents = { p1: { Visibility__c: "private", Social_Account__c: "a1" }, a1: { Text_Limit__c: 500 } };
    const row = { Post__c: "p1" };
    expect(run('ISPICKVAL(Post__r.Visibility__c, "private")', { row, parents }, "Social_Reply__c")).toBe(true);
    expect(run("Post__r.Social_Account__r.Text_Limit__c", { row, parents }, "Social_Reply__c")).toBe(500);
    expect(run("ISBLANK(Post__r.Visibility__c)", { row: { Post__c: null }, parents }, "Social_Reply__c")).toBe(true);
  });
});

describe("what is refused when it is read", () => {
  test.each([
    ["REGEX(Subject, 'x')", "the sandbox does not know the function REGEX"],
    ["Nope__c = 1", "Case has no field Nope__c"],
    ["Nope__r.Name = 'x'", "Case has no relationship Nope__r"],
    ["$Permission.Nope", "there is no custom permission Nope"],
    ['Status = "New"', "a picklist stands only in ISPICKVAL"],
    ['1 = "1"', "cannot compare number with text"],
    ["LEN(Subject, 2)", "LEN does not take 2 arguments"],
    ["ISCHANGED(Contact.Name)", "ISCHANGED takes one field of the row itself"],
    ["AND(1 = 1", "the formula ends too early"],
    ["1 = 1)", "did not expect )"],
    ["Subject ? 1", "cannot read"],
  ])("%s: %s", (formula, sentence) => {
    expect(() => compile(formula)).toThrow(sentence);
  });
});
