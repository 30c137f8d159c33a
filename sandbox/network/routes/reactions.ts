import { Router, type Request } from "express";
import { announceNotifications, announcePosted, announceRemoved, concernedBy } from "../announce.ts";
import { signedIn } from "../asker.ts";
import { statusEntity } from "../entities/status.ts";
import { favourite, reblog, reblogBy, unfavourite } from "../reactions.ts";
import { notFound } from "../refusal.ts";
import { remove } from "../revise.ts";
import type { AccountRow, StatusRow } from "../rows.ts";
import type { State } from "../state.ts";
import { visibleStatus } from "../visible.ts";

export function reactionRoutes(state: State): Router {
  const find = (request: Request<{ id: string }>): { asker: AccountRow; status: StatusRow } => {
    const asker = signedIn(state, request);
    const status = visibleStatus(state, request.params.id, asker.id);
    if (!status) throw notFound();
    return { asker, status };
  };

  return Router()
    .post("/:id/favourite", (request, response) => {
      const { asker, status } = find(request);
      const notification = favourite(state, status, asker);
      if (notification) announceNotifications(state, [notification]);
      response.json(statusEntity(state, status, asker.id));
    })
    .post("/:id/unfavourite", (request, response) => {
      const { asker, status } = find(request);
      unfavourite(state, status, asker);
      response.json(statusEntity(state, status, asker.id));
    })
    .post("/:id/reblog", (request, response) => {
      const { asker, status } = find(request);
      const { reblog: row, notification, repeated } = reblog(state, status, asker);
      if (!repeated) announcePosted(state, row, notification ? [notification] : []);
      response.json(statusEntity(state, row, asker.id));
    })
    .post("/:id/unreblog", (request, response) => {
      const { asker, status } = find(request);
      const row = reblogBy(state, status, asker);
      if (row) announceRemoved(state, concernedBy(state, row), remove(state, row));
      response.json(statusEntity(state, status, asker.id));
    });
}
