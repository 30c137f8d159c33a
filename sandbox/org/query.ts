/** A SOQL query as a tree: what the parser makes of text, and what a program may hand to the store directly. */
export interface Query {
  readonly select: readonly SelectItem[];
  /** An object's API name; in a child subquery the child relationship's name. */
  readonly from: string;
  readonly where?: Condition;
  readonly groupBy?: readonly string[];
  readonly having?: Condition;
  readonly orderBy?: readonly OrderItem[];
  readonly limit?: number;
  readonly offset?: number;
}

export type SelectItem =
  | { readonly kind: "field"; readonly path: string; readonly alias?: string }
  | { readonly kind: "aggregate"; readonly fn: AggregateFn; readonly path?: string; readonly alias?: string }
  | { readonly kind: "children"; readonly query: Query };

export type AggregateFn = "count" | "count_distinct" | "sum" | "avg" | "min" | "max";

/** Paths are dotted: `Case__r.Contact.Email`. In HAVING a path may be an aggregate such as `count(Id)`. */
export type Condition =
  | { readonly op: "and" | "or"; readonly terms: readonly Condition[] }
  | { readonly op: "not"; readonly term: Condition }
  | { readonly op: "compare"; readonly path: string; readonly operator: Operator; readonly value: Literal }
  | { readonly op: "in"; readonly path: string; readonly not: boolean; readonly values: readonly Literal[] | Query };

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "like";

export type Literal =
  | { readonly kind: "null" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** `2026-11-22` */
  | { readonly kind: "date"; readonly value: string }
  /** Any ISO 8601 with a zone. */
  | { readonly kind: "datetime"; readonly value: string }
  /** `TODAY`, `LAST_N_DAYS:7` */
  | { readonly kind: "range"; readonly name: string; readonly n?: number };

export interface OrderItem {
  readonly path: string;
  readonly descending: boolean;
  /** Salesforce puts nulls first unless it is told otherwise. */
  readonly nullsLast: boolean;
}
