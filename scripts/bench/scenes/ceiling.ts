import { ask } from "../ask.ts";
import { round, toQuantile } from "../figures.ts";
import type { World } from "../world.ts";

const ROWS = 200;
const API = "/services/data/v66.0";

export interface Ceiling {
  /** Composites of 200 personas, 200 Cases and 200 posts, one after the other and nothing beside them. */
  readonly composites: number;
  readonly medianMs: number;
  readonly rowsPerSecond: number;
  /** No connector can be faster against this org. */
  readonly postsPerSecond: number;
}

/** How fast the org itself takes rows in the largest portions that it takes. */
export async function measureCeiling({ orgUrl, connectorToken }: World, composites: number): Promise<Ceiling> {
  const took: number[] = [];
  for (let n = 0; n < composites; n++) {
    const body = toComposite(n);
    const startedMs = performance.now();
    const answer = await ask(`${orgUrl}${API}/composite`, { method: "POST", token: connectorToken, body });
    took.push(performance.now() - startedMs);
    if (JSON.stringify(answer).includes(`"success":false`))
      throw new Error(`The org refused rows: ${JSON.stringify(answer).slice(0, 2000)}`);
  }
  const seconds = took.reduce((sum, ms) => sum + ms, 0) / 1000;
  return {
    composites,
    medianMs: Math.round(toQuantile(took, 0.5)),
    rowsPerSecond: Math.round((3 * ROWS * composites) / seconds),
    postsPerSecond: round((ROWS * composites) / seconds),
  };
}

function toComposite(n: number) {
  const numbers = Array.from({ length: ROWS }, (_, row) => n * ROWS + row);
  const upsert = (object: string): string => `composite/sobjects/${object}/External_Key__c`;
  const persona = (m: number): string => `ceiling:persona/${m % 1000}`;
  const step = (referenceId: string, method: string, path: string, records: readonly object[]) => ({
    referenceId,
    method,
    url: `${API}/${path}`,
    body: { allOrNone: false, records },
  });
  return {
    allOrNone: false,
    collateSubrequests: false,
    compositeRequest: [
      step(
        "personas",
        "PATCH",
        upsert("Social_Persona__c"),
        numbers.map((m) => toPersona(persona(m))),
      ),
      step(
        "cases",
        "POST",
        "composite/sobjects",
        numbers.map((m) => toCase(m, persona(m))),
      ),
      step(
        "posts",
        "PATCH",
        upsert("Social_Post__c"),
        numbers.map((m) => toPost(m, persona(m))),
      ),
    ],
  };
}

function toPersona(key: string) {
  return {
    attributes: { type: "Social_Persona__c" },
    External_Key__c: key,
    Network__c: "mastodon",
    Handle__c: "somebody@nordwind.social",
    Handle_Key__c: "mastodon:somebody@nordwind.social",
    Display_Name__c: "Somebody",
    Followers__c: 12,
  };
}

function toCase(n: number, persona: string) {
  return {
    attributes: { type: "Case" },
    Social_Case_Key__c: `ceiling:case/${n}`,
    Social_Conversation_Key__c: `ceiling:post/${n}`,
    Social_Persona__r: { External_Key__c: persona },
    Origin: "Social",
    Subject: "Somebody's bag never arrived",
    Description: "My bag never arrived in Oslo and nobody answers.",
    Priority: "Medium",
  };
}

function toPost(n: number, persona: string) {
  return {
    attributes: { type: "Social_Post__c" },
    External_Key__c: `ceiling:post/${n}`,
    Version__c: 0,
    Network__c: "mastodon",
    Source_Class__c: "microblog",
    Kind__c: "mention",
    Direction__c: "Inbound",
    Visibility__c: "public",
    Text__c: "My bag never arrived in Oslo and nobody answers.",
    Excerpt__c: "My bag never arrived in Oslo and nobody answers.",
    Conversation_Key__c: `ceiling:post/${n}`,
    Posted_At__c: "2026-01-01T00:00:00.000Z",
    Persona__r: { External_Key__c: persona },
    Case__r: { Social_Case_Key__c: `ceiling:case/${n}` },
    Needs_Response__c: true,
  };
}
