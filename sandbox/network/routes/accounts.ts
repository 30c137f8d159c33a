import { Router } from "express";
import { z } from "zod";
import { accountByHandle, accountById, searchAccounts } from "../accounts.ts";
import { announceNotifications } from "../announce.ts";
import { answerPage, isOn } from "../answers.ts";
import { askerOf, signedIn } from "../asker.ts";
import { accountEntity, ownAccountEntity } from "../entities/account.ts";
import { statusEntity } from "../entities/status.ts";
import { toPageRequest } from "../paging.ts";
import { follow, isFollowing, unfollow } from "../reactions.ts";
import { notFound } from "../refusal.ts";
import type { AccountRow } from "../rows.ts";
import type { State } from "../state.ts";
import { accountTimeline } from "../timelines.ts";

const Search = z.object({ q: z.string().default(""), acct: z.string().default(""), tagged: z.string().optional() });

export function accountRoutes(state: State): Router {
  const find = (account: AccountRow | undefined): AccountRow => {
    if (!account) throw notFound();
    return account;
  };

  return Router()
    .get("/verify_credentials", (request, response) => {
      response.json(ownAccountEntity(state, signedIn(state, request)));
    })
    .get("/lookup", (request, response) => {
      response.json(accountEntity(state, find(accountByHandle(state, Search.parse(request.query).acct))));
    })
    .get("/search", (request, response) => {
      signedIn(state, request);
      const { limit } = toPageRequest(request.query, 40, 80);
      const found = searchAccounts(state, Search.parse(request.query).q, limit);
      response.json(found.map((account) => accountEntity(state, account)));
    })
    .get("/:id", (request, response) => {
      response.json(accountEntity(state, find(accountById(state, request.params.id))));
    })
    .get("/:id/statuses", (request, response) => {
      const page = toPageRequest(request.query, 20, 40);
      const asker = askerOf(state, request)?.id;
      const { id } = find(accountById(state, request.params.id));
      const { exclude_replies, exclude_reblogs } = request.query;
      const { tagged } = Search.parse(request.query);
      const filters = { excludeReplies: isOn(exclude_replies), excludeReblogs: isOn(exclude_reblogs), tagged };
      const rows = accountTimeline(state, { of: id, asker, ...filters }, page);
      const items = rows.map((row) => statusEntity(state, row, asker));
      answerPage(state, request, response, { items, ids: rows.map((row) => row.id), limit: page.limit });
    })
    .post("/:id/follow", (request, response) => {
      const asker = signedIn(state, request);
      const account = find(accountById(state, request.params.id));
      const notification = follow(state, account, asker);
      if (notification) announceNotifications(state, [notification]);
      response.json(relationshipEntity(state, asker, account));
    })
    .post("/:id/unfollow", (request, response) => {
      const asker = signedIn(state, request);
      const account = find(accountById(state, request.params.id));
      unfollow(state, account, asker);
      response.json(relationshipEntity(state, asker, account));
    });
}

const relationshipEntity = (state: State, asker: AccountRow, { id }: AccountRow) => ({
  id,
  following: isFollowing(state, asker.id, id),
  followed_by: isFollowing(state, id, asker.id),
  blocking: false,
  muting: false,
  requested: false,
});
