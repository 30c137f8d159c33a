import { refusalOf } from "../testing/refusal-of.ts";
import { parseSoql } from "./parse.ts";

describe("parseSoql", () => {
  test("reads every clause", () => {
    const soql =
      "select Id, Case__r.Subject, (SELECT Id FROM Social_Replies__r LIMIT 1) from Social_Post__c " +
      "where Network__c = 'x' order by Posted_At__c desc nulls last, Id limit 10 offset 5";
    expect(parseSoql(soql)).toEqual({
      select: [
        { kind: "field", path: "Id" },
        { kind: "field", path: "Case__r.Subject" },
        {
          kind: "children",
          query: { select: [{ kind: "field", path: "Id" }], from: "Social_Replies__r", limit: 1 },
        },
      ],
      from: "Social_Post__c",
      where: { op: "compare", path: "Network__c", operator: "=", value: { kind: "string", value: "x" } },
      orderBy: [
        { path: "Posted_At__c", descending: true, nullsLast: true },
        { path: "Id", descending: false, nullsLast: false },
      ],
      limit: 10,
      offset: 5,
    });
  });

  test("reads every kind of literal", () => {
    const soql = "SELECT Id FROM Case WHERE A IN ('it\\'s \\u00e9', 1.5, -2, true, null, 2026-11-22, LAST_N_DAYS:7)";
    expect(parseSoql(soql).where).toEqual({
      op: "in",
      path: "A",
      not: false,
      values: [
        { kind: "string", value: "it's é" },
        { kind: "number", value: 1.5 },
        { kind: "number", value: -2 },
        { kind: "boolean", value: true },
        { kind: "null" },
        { kind: "date", value: "2026-11-22" },
        { kind: "range", name: "LAST_N_DAYS", n: 7 },
      ],
    });
  });

  test("keeps the grouping of conditions", () => {
    const soql = "SELECT Id FROM Case WHERE A = 1 AND (B = 2 OR NOT C = 3)";
    expect(parseSoql(soql).where).toMatchObject({
      op: "and",
      terms: [{ path: "A" }, { op: "or", terms: [{ path: "B" }, { op: "not", term: { path: "C" } }] }],
    });
  });

  test("reads aggregates with their aliases", () => {
    expect(parseSoql("SELECT Network__c, COUNT(Id) n FROM Social_Post__c GROUP BY Network__c").select).toEqual([
      { kind: "field", path: "Network__c" },
      { kind: "aggregate", fn: "count", path: "Id", alias: "n" },
    ]);
  });

  test.each([
    ["SELECT Id FROM Case WHERE A = 1 AND B = 2 OR C = 3", "unexpected token: 'OR'"],
    ["SELECT Id FROM Case WHERE", "unexpected token: '<EOF>'"],
    ["SELECT FROM Case", "unexpected token"],
    ["SELECT Id FROM Case WHERE A = 'open", "unexpected token: '''"],
    ["SELECT Id FROM Case WHERE A = 'bad \\q'", "Illegal character sequence '\\q'"],
    ["SELECT Id FROM Case; DELETE", "unexpected token: ';'"],
    ["SELECT toLabel(Status) FROM Case", "unexpected token: '('"],
    ["UPDATE Case", "unexpected token: 'UPDATE'"],
  ])("refuses %s", (soql, sentence) => {
    const refusal = refusalOf(() => parseSoql(soql));
    expect(refusal.errorCode).toBe("MALFORMED_QUERY");
    expect(refusal.message).toContain(sentence);
  });

  test("refuses more than 100,000 characters, and reads that many", () => {
    const query = (length: number): string => {
      const start = "SELECT Id FROM Case WHERE A = '";
      return `${start}${"x".repeat(length - start.length - 1)}'`;
    };
    expect(parseSoql(query(100_000)).from).toBe("Case");
    expect(() => parseSoql(query(100_001))).toThrow("longer than 100000");
  });
});
