/** A row as it was written, by API names. */
export type Row = Readonly<Record<string, unknown>>;

/** What a thin org holds. Nothing is checked, and nothing leads from one row to another but what a recall asks for. */
export interface ThinOrg {
  readonly accounts: Map<string, Row>;
  readonly personas: Map<string, Row>;
  readonly posts: Map<string, Row>;
  readonly tasks: Map<string, Row>;
  /** By their keys, and by their ids. */
  readonly cases: Map<string, Row>;
  readonly casesOf: Map<string, Row[]>;
  /** The latest post on a Case, by its persona and conversation. */
  readonly latest: Map<string, Row>;
}

export function openThinOrg(): ThinOrg {
  return {
    ...{ accounts: new Map(), personas: new Map(), posts: new Map(), tasks: new Map() },
    ...{ cases: new Map(), casesOf: new Map(), latest: new Map() },
  };
}

/** The external id of each object. */
export const KEYS: Readonly<Record<string, string>> = {
  Social_Account__c: "External_Key__c",
  Social_Persona__c: "External_Key__c",
  Social_Post__c: "External_Key__c",
  Case: "Social_Case_Key__c",
  Task: "Social_Post_Key__c",
};
const PREFIXES: Readonly<Record<string, string>> = {
  ...{ Social_Account__c: "a00", Social_Persona__c: "a01", Social_Post__c: "a02", Case: "500", Task: "00T" },
};

export const toPlace = (persona: unknown, conversation: unknown): string =>
  `${String(persona)} ${String(conversation)}`;

/** The row that a reference by external id names. */
export function toKeyOf(row: Row, relationship: string): unknown {
  return Object.values((row[relationship] ?? {}) as Row)[0];
}

/** Takes the row in; what the REST API answers for it. By `POST` a key that is there already is refused. */
export function write(org: ThinOrg, method: string, row: Row) {
  const type = String((row["attributes"] as Row)["type"]);
  const rows = toRows(org, type);
  const id = row["Id"];
  const key = String(typeof id === "string" ? id : row[KEYS[type] ?? ""]);
  const known = rows.get(key);
  if (known !== undefined && method === "POST") {
    return {
      success: false,
      errors: [{ statusCode: "DUPLICATE_VALUE", message: "duplicate value found", fields: [] }],
    };
  }
  const Id = known?.["Id"] ?? `${PREFIXES[type] ?? "a09"}${String(rows.size).padStart(12, "0")}AAA`;
  const written: Row = { CreatedDate: NOW, ...known, ...row, Id };
  rows.set(known === undefined ? key : String(known[KEYS[type] ?? ""]), written);
  if (type === "Case") linkCase(org, written, known);
  if (type === "Social_Post__c") linkPost(org, written);
  return { id: Id, success: true, errors: [] };
}

const NOW = "2026-01-01T00:00:00.000+0000";

function toRows(org: ThinOrg, type: string): Map<string, Row> {
  const rows: Readonly<Record<string, Map<string, Row>>> = {
    ...{ Social_Account__c: org.accounts, Social_Persona__c: org.personas, Social_Post__c: org.posts },
    ...{ Case: org.cases, Task: org.tasks },
  };
  const found = rows[type];
  if (found === undefined) throw new Error(`The thin org has no ${type}`);
  return found;
}

function linkCase({ cases, casesOf }: ThinOrg, row: Row, known: Row | undefined): void {
  const persona = String(toKeyOf(row, "Social_Persona__r"));
  cases.set(String(row["Id"]), row);
  const others = (casesOf.get(persona) ?? []).filter((other) => other !== known);
  casesOf.set(persona, [...others, row]);
}

function linkPost({ latest }: ThinOrg, row: Row): void {
  if (row["Case__r"] === undefined && row["Case__c"] === undefined) return;
  latest.set(toPlace(toKeyOf(row, "Persona__r"), row["Conversation_Key__c"]), row);
}
