import { Router } from "express";
import { answerPage, toList } from "../answers.ts";
import { signedIn } from "../asker.ts";
import { notificationEntity } from "../entities/notification.ts";
import { dismiss, notificationById, notificationsOf } from "../notifications.ts";
import { toPageRequest } from "../paging.ts";
import { notFound } from "../refusal.ts";
import type { State } from "../state.ts";

export const notificationRoutes = (state: State): Router =>
  Router()
    .get("/", (request, response) => {
      const { id } = signedIn(state, request);
      const page = toPageRequest(request.query, 40, 80);
      const { types, exclude_types } = request.query;
      const rows = notificationsOf(state, id, { types: toList(types), excludeTypes: toList(exclude_types) }, page);
      const items = rows.map((row) => notificationEntity(state, row));
      answerPage(state, request, response, { items, ids: rows.map((row) => row.id), limit: page.limit });
    })
    .get("/:id", (request, response) => {
      const found = notificationById(state, signedIn(state, request).id, request.params.id);
      if (!found) throw notFound();
      response.json(notificationEntity(state, found));
    })
    .post("/clear", (request, response) => {
      dismiss(state, signedIn(state, request).id);
      response.json({});
    })
    .post("/:id/dismiss", (request, response) => {
      if (dismiss(state, signedIn(state, request).id, request.params.id) === 0) throw notFound();
      response.json({});
    });
