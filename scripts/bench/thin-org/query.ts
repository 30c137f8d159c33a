import { toKeyOf, toPlace, type Row, type ThinOrg } from "./org.ts";

/** The object of a query, not that of one within it. */
const OBJECT = /\) FROM (\w+)|^SELECT [^(]*? FROM (\w+)/;
const LITERAL = /'((?:[^'\\]|\\.)*)'/g;
/** Every other author of the crowd is a Contact. */
const AUTHOR = /^traveller_(\d*[02468])@/;

const STANDING: Readonly<Record<string, readonly Row[]>> = {
  Organization: [],
  CaseStatus: [{ ApiName: "New", IsDefault: true, IsClosed: false }],
  TaskStatus: [{ ApiName: "Completed", IsClosed: true }],
};

/** The rows that a query of the connector finds, by the literals in it. What is not kept here finds none. */
export function query(org: ThinOrg, orgId: string, soql: string): readonly Row[] {
  const [, within, alone] = OBJECT.exec(soql) ?? [];
  const object = within ?? alone ?? "";
  if (object === "Organization") return [{ Id: orgId }];
  const literals = new Set([...soql.matchAll(LITERAL)].map(([, text = ""]) => text));
  const by = (rows: ReadonlyMap<string, Row>): Row[] =>
    [...literals].map((key) => rows.get(key)).filter((row) => row !== undefined);
  switch (object) {
    case "Social_Post__c":
      return by(org.posts).map((row) => withCase(org, row));
    case "Social_Persona__c":
      return by(org.personas).map((row) => withLatest(org, row, literals));
    case "Case":
      return soql.includes("Social_Persona__r") ? findOfPersonas(org, literals) : by(org.cases).map(toCase);
    case "Contact":
      return [...literals].flatMap((handle) => {
        const number = AUTHOR.exec(handle)?.[1];
        return number === undefined
          ? []
          : [{ Id: `003${number.padStart(12, "0")}AAA`, AccountId: null, Mastodon__c: handle }];
      });
    default:
      return STANDING[object] ?? [];
  }
}

function withCase({ cases }: ThinOrg, row: Row): Row {
  const found = cases.get(String(row["Case__c"] ?? toKeyOf(row, "Case__r")));
  return found === undefined
    ? { ...row, Case__r: null, Case__c: null }
    : { ...row, Case__r: toCase(found), Case__c: found["Id"] };
}

/** With the latest post on a Case of each conversation that the query names. */
function withLatest(org: ThinOrg, row: Row, conversations: ReadonlySet<string>): Row {
  const key = row["External_Key__c"];
  const cases = org.casesOf.get(String(key)) ?? [];
  const named = cases.map((one) => one["Social_Conversation_Key__c"]).filter((one) => conversations.has(String(one)));
  const posts = named.map((one) => org.latest.get(toPlace(key, one))).filter((post) => post !== undefined);
  const records = posts.map((post) => withCase(org, post));
  return { ...row, Social_Posts__r: { done: true, records } };
}

function findOfPersonas({ casesOf }: ThinOrg, literals: ReadonlySet<string>): readonly Row[] {
  return [...literals]
    .flatMap((persona) => casesOf.get(persona) ?? [])
    .filter((row) => literals.has(String(row["Social_Conversation_Key__c"])))
    .map(toCase);
}

function toCase(row: Row): Row {
  return { ...row, Description: undefined, IsClosed: false, ClosedDate: null };
}
