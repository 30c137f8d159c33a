import { Router, type Request, type Response } from "express";
import { answerPage } from "../answers.ts";
import { askerOf, signedIn } from "../asker.ts";
import { conversationsOf } from "../conversations.ts";
import { conversationEntity } from "../entities/conversation.ts";
import { statusEntity } from "../entities/status.ts";
import { toPageRequest, type PageRequest } from "../paging.ts";
import type { StatusRow } from "../rows.ts";
import type { State } from "../state.ts";
import { homeTimeline, publicTimeline, tagTimeline } from "../timelines.ts";

export function timelineRoutes(state: State): Router {
  const answer = (request: Request, response: Response, timeline: (page: PageRequest) => StatusRow[]) => {
    const asker = askerOf(state, request)?.id;
    const page = toPageRequest(request.query, 20, 40);
    const rows = timeline(page);
    const items = rows.map((row) => statusEntity(state, row, asker));
    answerPage(state, request, response, { items, ids: rows.map((row) => row.id), limit: page.limit });
  };

  return Router()
    .get("/timelines/public", (request, response) => {
      answer(request, response, (page) => publicTimeline(state, page));
    })
    .get("/timelines/home", (request, response) => {
      const { id } = signedIn(state, request);
      answer(request, response, (page) => homeTimeline(state, id, page));
    })
    .get("/timelines/tag/:tag", (request, response) => {
      answer(request, response, (page) => tagTimeline(state, request.params.tag, page));
    })
    .get("/conversations", (request, response) => {
      const { id } = signedIn(state, request);
      const page = toPageRequest(request.query, 20, 40);
      const rows = conversationsOf(state, id, page);
      const items = rows.map((row) => conversationEntity(state, row, id));
      answerPage(state, request, response, { items, ids: rows.map((row) => row.last.id), limit: page.limit });
    });
}
