import type { Route } from "../route.ts";

/** What the org may still do today. Only the calls are counted; the rest stands there as on an untouched org. */
export const limitRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/limits",
    kind: "limits",
    answer: (_call, { usage }) => ({
      status: 200,
      body: {
        DailyApiRequests: { Max: usage.max, Remaining: Math.max(0, usage.max - usage.used()) },
        DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
        DataStorageMB: { Max: 1024, Remaining: 1024 },
        FileStorageMB: { Max: 1024, Remaining: 1024 },
      },
    }),
  },
];
