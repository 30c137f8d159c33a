import { Router } from "express";
import { z } from "zod";
import { searchAccounts } from "../accounts.ts";
import { signedIn } from "../asker.ts";
import { accountEntity } from "../entities/account.ts";
import { statusEntity } from "../entities/status.ts";
import { toPageRequest } from "../paging.ts";
import type { StatusRow } from "../rows.ts";
import type { State } from "../state.ts";
import { searchStatuses } from "../timelines.ts";
import { visibleStatus } from "../visible.ts";

const Query = z.object({ q: z.string().default(""), type: z.enum(["accounts", "statuses", "hashtags"]).optional() });

/** Search over everything on this network. An address of one of its own statuses finds that status. */
export const searchRoutes = (state: State): Router =>
  Router().get("/api/v2/search", (request, response) => {
    const asker = signedIn(state, request).id;
    const { q, type } = Query.parse(request.query);
    const page = toPageRequest(request.query, 20, 40);
    const isWanted = (kind: typeof type) => q.trim() !== "" && (type === undefined || type === kind);
    const addressed = statusAt(state, q, asker);
    const statuses = addressed ? [addressed] : searchStatuses(state, q, asker, page);
    response.json({
      accounts: isWanted("accounts")
        ? searchAccounts(state, q, page.limit).map((row) => accountEntity(state, row))
        : [],
      statuses: isWanted("statuses") ? statuses.map((row) => statusEntity(state, row, asker)) : [],
      hashtags: [],
    });
  });

function statusAt(state: State, address: string, asker: string): StatusRow | undefined {
  const isOurs = [`${state.url()}/@`, `https://${state.domain}/users/`].some((start) => address.startsWith(start));
  const id = /\/(\d+)$/.exec(address)?.[1];
  return isOurs && id !== undefined ? visibleStatus(state, id, asker) : undefined;
}
