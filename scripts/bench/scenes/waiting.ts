import { fillBacklog, type BacklogOptions } from "../backlog.ts";
import { toMb } from "../bringer.ts";
import { startConnector } from "../connector.ts";
import { readAccount } from "../journal-file.ts";
import { openThinOrg } from "../thin-org.ts";
import type { World } from "../world.ts";

export interface Waiting {
  readonly posts: number;
  readonly rssMb: number;
}

/** Of the calls of its start all are answered, of those that follow none. */
const ANSWERED = 8;
/** By then as much is read ahead as ever will be. */
const READ_WITHIN_MS = 5000;

/** The memory of a connector while posts wait in its journal and its org does not answer; they still wait afterwards. */
export async function measureWaiting(
  world: World,
  dir: string,
  options: Omit<BacklogOptions, "account">,
): Promise<Waiting> {
  await fillBacklog(dir, { ...options, account: readAccount(dir) });
  await using org = await openThinOrg(world, { callMs: 0, answered: ANSWERED });
  await using connector = startConnector({ ...world, orgUrl: org.url }, { dir });
  await connector.ready();
  await new Promise((resolve) => setTimeout(resolve, READ_WITHIN_MS));
  return { posts: options.posts, rssMb: toMb((await connector.usage()).rssBytes) };
}
