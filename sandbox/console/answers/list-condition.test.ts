import type { Condition } from "../../org/query.ts";
import { readMetadata } from "../../org/metadata/index.ts";
import type { ListFilter, ListView } from "../metadata/list-view.ts";
import { toCondition } from "./list-condition.ts";

const { schema } = readMetadata([]);

function conditionOf(filters: readonly ListFilter[], filterScope = "Everything"): Condition | undefined {
  const object = schema.object("Case");
  if (object === undefined) throw new Error("the schema has no Case");
  const view: ListView = { fullName: "X", label: "X", columns: [], filters: [...filters], filterScope };
  return toCondition(view, object, "005A");
}

const only = (filter: ListFilter): Condition | undefined => {
  const condition = conditionOf([filter]);
  return condition?.op === "and" ? condition.terms[0] : undefined;
};

const compare = (path: string, operator: string, value: unknown): unknown => ({ op: "compare", path, operator, value });
const text = (value: string): unknown => ({ kind: "string", value });

test.each<[ListFilter, unknown]>([
  [{ field: "CASES.ORIGIN", operation: "equals", value: "Social" }, compare("Origin", "=", text("Social"))],
  [
    { field: "CASES.CLOSED", operation: "equals", value: "0" },
    compare("IsClosed", "=", { kind: "boolean", value: false }),
  ],
  [{ field: "CASES.SUBJECT", operation: "contains", value: "bag" }, compare("Subject", "like", text("%bag%"))],
  [{ field: "CASES.CLOSED_DATE", operation: "equals", value: "" }, compare("ClosedDate", "=", { kind: "null" })],
  [
    { field: "CASES.CREATED_DATE", operation: "greaterOrEqual", value: "LAST_N_DAYS:7" },
    compare("CreatedDate", ">=", { kind: "range", name: "LAST_N_DAYS", n: 7 }),
  ],
  [
    { field: "CASES.STATUS", operation: "notEqual", value: "New,Closed" },
    {
      op: "not",
      term: { op: "or", terms: [compare("Status", "=", text("New")), compare("Status", "=", text("Closed"))] },
    },
  ],
])("%j", (filter, condition) => {
  expect(only(filter)).toEqual(condition);
});

test("all filters must hold, and Mine asks for the user's own", () => {
  const filters = [{ field: "CASES.ORIGIN", operation: "equals", value: "Social" }];
  expect(conditionOf([])).toBeUndefined();
  expect(conditionOf(filters, "Mine")).toEqual({
    op: "and",
    terms: [compare("OwnerId", "=", text("005A")), compare("Origin", "=", text("Social"))],
  });
});

test("a filter the console cannot play is a sentence", () => {
  expect(() => conditionOf([{ field: "CASES.MOOD", operation: "equals", value: "1" }])).toThrow("CASES.MOOD");
  expect(() => conditionOf([{ field: "CASES.SUBJECT", operation: "within", value: "1" }])).toThrow("within");
});
