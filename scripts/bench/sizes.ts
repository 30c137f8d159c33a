export interface Sizes {
  /** Stand on the network before the connector starts. */
  readonly posts: number;
  /** Of these the script written by hand gets so many: it is slow. */
  readonly byHandPosts: number;
  /** Of the stretch at an even pace. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly starts: number;
  readonly journalEntries: number;
  readonly composites: number;
  /** To an org that is far away, and how many posts are brought there: by the connector, by hand. */
  readonly roundTripMs: number;
  readonly farPosts: number;
  readonly farByHandPosts: number;
  readonly farSeconds: number;
  /** Wait in the journal before the org can be reached. */
  readonly backlogPosts: number;
  readonly threadPosts: number;
  readonly streamFrames: number;
  readonly paces: readonly PaceOnBudget[];
  /** Appended in one turn, and the turns of each. */
  readonly appendRows: number;
  readonly appendTurns: number;
  /** Entries in the journals whose operations are timed. */
  readonly entries: readonly number[];
  readonly replicas: readonly number[];
  readonly replicaPosts: number;
  /** Of these the script written by hand gets so many. */
  readonly replicaByHandPosts: number;
}

/** Posts at an even pace in an org that allows so few calls that batches wait for company. */
export interface PaceOnBudget {
  readonly perSecond: number;
  readonly callsADay: number;
  /** Until the calls that may be spent at once are. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export const USUAL: Sizes = {
  posts: 3000,
  byHandPosts: 600,
  perSecond: 20,
  seconds: 30,
  starts: 3,
  journalEntries: 10_000,
  composites: 20,
  roundTripMs: 150,
  farPosts: 1000,
  farByHandPosts: 30,
  farSeconds: 10,
  backlogPosts: 100_000,
  threadPosts: 5000,
  streamFrames: 300_000,
  paces: [
    { perSecond: 100, callsADay: 10_000, warmUpSeconds: 15, seconds: 30 },
    { perSecond: 20, callsADay: 4000, warmUpSeconds: 40, seconds: 60 },
  ],
  appendRows: 10_000,
  appendTurns: 7,
  entries: [10_000, 100_000, 1_000_000],
  replicas: [1, 2, 4],
  replicaPosts: 60_000,
  replicaByHandPosts: 300,
};

export const QUICK: Sizes = {
  ...USUAL,
  posts: 400,
  byHandPosts: 100,
  seconds: 5,
  starts: 1,
  composites: 5,
  farPosts: 200,
  farByHandPosts: 10,
  farSeconds: 3,
  backlogPosts: 4000,
  threadPosts: 400,
  streamFrames: 20_000,
  paces: [{ perSecond: 50, callsADay: 4000, warmUpSeconds: 5, seconds: 5 }],
  appendRows: 4000,
  appendTurns: 3,
  entries: [10_000, 50_000],
  replicas: [1, 2],
  replicaPosts: 8000,
  replicaByHandPosts: 100,
};
