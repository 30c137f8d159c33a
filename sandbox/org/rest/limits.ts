import type { Route } from "../route.ts";
import type { Usage } from "../usage.ts";

/** What the org may still do today. Only calls and events are counted; the rest stands there as on an untouched org. */
export const limitRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/limits",
    kind: "limits",
    answer: (_call, { usage, deliveries }) => ({
      status: 200,
      body: {
        DailyApiRequests: toLimit(usage),
        DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
        DailyDeliveredPlatformEvents: toLimit(deliveries),
        DataStorageMB: { Max: 1024, Remaining: 1024 },
        FileStorageMB: { Max: 1024, Remaining: 1024 },
      },
    }),
  },
];

function toLimit({ max, used }: Usage): { Max: number; Remaining: number } {
  return { Max: max, Remaining: Math.max(0, max - used()) };
}
