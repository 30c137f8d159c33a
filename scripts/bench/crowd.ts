import { ask } from "./ask.ts";

/** A post as the network has it. */
export interface Said {
  readonly id: string;
  /** The network's own stamp, in milliseconds since 1970. */
  readonly atMs: number;
}

/** People who write to the company. */
export interface Crowd {
  /** Says the n-th of its posts: its author and words follow from n alone, so that two worlds hear the same. */
  say(n: number): Promise<Said>;
}

/** As the network calls itself. */
export const NETWORK_NAME = "nordwind.social";

export const AUTHORS = 300;
/** Every other one has a Contact with this handle in the CRM. */
const KNOWN_EVERY = 2;
/** So many posts in a hundred go on in the conversation that their author began last. */
const FOLLOW_UPS = 20;

export interface Author {
  readonly handle: string;
  readonly display: string;
  readonly known: boolean;
}

export const authors: readonly Author[] = Array.from({ length: AUTHORS }, (_, n) => ({
  handle: `traveller_${n}`,
  display: `Traveller No. ${n}`,
  known: n % KNOWN_EVERY === 0,
}));

/** All of them want an answer: what needs none becomes no Case, and there would be nothing to wait for. */
const OPENINGS: readonly string[] = [
  "my suitcase from flight NW{n} never arrived and nobody answers the phone. What now?",
  "NW{n} was cancelled without a word and I am stuck at the airport. Why does nobody tell us anything?",
  "three weeks and still no refund for NW{n}. This is ridiculous, when do I get my money back?",
  "your app crashes whenever I try to check in for NW{n}. Can you please help?",
  "I was charged twice for my seat on NW{n}. Please fix this.",
  "how many bags can I take on NW{n} to Oslo, and what does a second one cost?",
  "the pushchair came back broken from NW{n}. Terrible handling, who pays for that?",
  "missed my connection because NW{n} left two hours late. Where is my new booking?",
  "Mein Koffer von NW{n} ist immer noch nicht da. Wo kann ich das melden?",
  "Flug NW{n} gestrichen und die Hotline ist tot. Das ist eine Frechheit!",
];
const GOING_ON: readonly string[] = [
  "still no answer about NW{n}. Is anybody there?",
  "that did not help with NW{n} at all. What else can I do?",
  "when will you look into NW{n}? I have been waiting for days.",
];

export function toText(n: number): string {
  const pool = isFollowUp(n) ? GOING_ON : OPENINGS;
  const words = pool[Math.floor(n / AUTHORS + n) % pool.length] ?? "";
  return `@nordwind ${words.replace("{n}", String(1000 + n))}`;
}

/** Nobody goes on before having begun; spread evenly over the authors and over time. */
export function isFollowUp(n: number): boolean {
  return n >= AUTHORS && (n * 37) % 100 < FOLLOW_UPS;
}

/** Makes the authors' accounts where there are none. `root`: all of them answer this post. */
export async function openCrowd(networkUrl: string, root?: string): Promise<Crowd> {
  const tokens: string[] = [];
  for (const { handle, display } of authors) {
    const account = await ask(`${networkUrl}/sandbox/accounts`, { method: "POST", body: { handle, display } });
    tokens.push(String(account["token"]));
  }
  const begun = new Map<number, string>();
  return {
    async say(n) {
      const author = n % AUTHORS;
      const parent = root ?? (isFollowUp(n) ? begun.get(author) : undefined);
      const status = await ask(`${networkUrl}/api/v1/statuses`, {
        method: "POST",
        token: tokens[author] ?? "",
        body: { status: toText(n), ...(parent === undefined ? {} : { in_reply_to_id: parent }) },
      });
      const id = String(status["id"]);
      if (!isFollowUp(n)) begun.set(author, id);
      return { id, atMs: Date.parse(String(status["created_at"])) };
    },
  };
}

/** Of one author there is never more than one among them. */
const AT_ONCE = 50;

/** The first so many posts; those of one author stand in the order in which they were said, many authors speak at once. */
export async function sayAll(crowd: Crowd, posts: number): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (let first = 0; first < posts; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, posts - first) }, (_, n) => first + n);
    said.push(...(await Promise.all(numbers.map((n) => crowd.say(n)))));
  }
  return said;
}
