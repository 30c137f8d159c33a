import type { Finding, Kind } from "../../test/journeys/town/oracle.ts";
import type { Disorder } from "./order.ts";
import type { What } from "./calendar.ts";

/** What a run is judged by. */
export interface Tally {
  readonly posts: number;
  readonly replies: number;
  readonly findings: readonly Finding[];
  readonly disorder: readonly Disorder[];
  /** Posts that changed, and whose old words stand because nobody was told. */
  readonly untold: number;
  readonly blows: Readonly<Partial<Record<What, number>>>;
}

export interface Figures {
  readonly posts: number;
  readonly replies: number;
  readonly lost: number;
  readonly casesDoubled: number;
  readonly repliesDoubled: number;
  readonly falselySent: number;
  readonly checking: number;
  readonly deletedTextFound: number;
  /** Changed while nobody listened, and not read again since: no bound, for a network tells of it once. */
  readonly changesUntold: number;
  readonly orderViolations: number;
  /** All else that must not be: changed by us what a person decided, told of in the open what was private, and so on. */
  readonly wrongBesides: number;
  readonly parked: number;
  readonly kills: number;
  readonly failovers: number;
  readonly freezes: number;
  readonly blows: Tally["blows"];
}

const LOST: readonly Kind[] = ["posts lost", "Cases lost", "Tasks lost", "replies lost", "lagging"];
const BESIDES: readonly Kind[] = [
  "posts doubled",
  "Tasks doubled",
  "falsely Failed",
  "private words in the open",
  "reps' fields changed",
];
/** Of the replies. */
const MOST_CHECKING = 0.01;

export function toFigures({ posts, replies, findings, disorder, untold, blows }: Tally): Figures {
  const count = (...kinds: readonly Kind[]): number => findings.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    posts,
    replies,
    lost: count(...LOST),
    casesDoubled: count("Cases doubled"),
    repliesDoubled: count("replies doubled"),
    falselySent: count("falsely Sent"),
    checking: count("Checking"),
    deletedTextFound: count("text that should be gone"),
    changesUntold: untold,
    orderViolations: disorder.length,
    wrongBesides: count(...BESIDES),
    parked: count("parked"),
    kills: blows.kill ?? 0,
    failovers: blows["database fails over"] ?? 0,
    freezes: blows.freeze ?? 0,
    blows,
  };
}

/** Sentences about the bounds that are broken; none: all is well. */
export function toBroken(figures: Figures): readonly string[] {
  const zero = [
    "lost",
    "casesDoubled",
    "repliesDoubled",
    "falselySent",
    "deletedTextFound",
    "orderViolations",
    "wrongBesides",
  ] as const;
  const broken = zero.filter((name) => figures[name] > 0).map((name) => `${name} is ${figures[name]}, not 0`);
  const most = Math.floor(figures.replies * MOST_CHECKING);
  return figures.checking > most ? [...broken, `checking is ${figures.checking}, more than ${most}`] : broken;
}
