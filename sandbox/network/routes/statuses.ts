import { Router, type Request } from "express";
import { z } from "zod";
import { announceEdited, announcePosted, announceRemoved, concernedBy } from "../announce.ts";
import { toList } from "../answers.ts";
import { askerOf, signedIn } from "../asker.ts";
import { historyEntity, statusEntity, statusSourceEntity } from "../entities/status.ts";
import { publish } from "../publish.ts";
import { invalid, notFound } from "../refusal.ts";
import { remove, revise } from "../revise.ts";
import { Visibility, type StatusRow } from "../rows.ts";
import type { State } from "../state.ts";
import { threadOf } from "../thread.ts";
import { visibleStatus } from "../visible.ts";

const mostAtOnce = 20;

const Body = z.object({
  status: z.string().default(""),
  spoiler_text: z.string().default(""),
  in_reply_to_id: z.coerce.string().nullish(),
  visibility: Visibility.nullish(),
  language: z.string().max(35).nullish(),
});

export function statusRoutes(state: State): Router {
  const find = (request: Request<{ id: string }>, asker = askerOf(state, request)): StatusRow => {
    const status = visibleStatus(state, request.params.id, asker?.id);
    if (!status) throw notFound();
    return status;
  };
  const findOwn = (request: Request<{ id: string }>): StatusRow => {
    const asker = signedIn(state, request);
    const status = find(request, asker);
    if (status.account_id !== asker.id || status.reblog_of_id) throw notFound();
    return status;
  };

  return Router()
    .get("/", (request, response) => {
      const asker = askerOf(state, request)?.id;
      const ids = [...new Set(toList(request.query["id"]) ?? [])];
      if (ids.length > mostAtOnce) throw invalid(`Too many statuses: ${mostAtOnce} at once`);
      const rows = ids.flatMap((id) => visibleStatus(state, id, asker) ?? []);
      response.json(rows.map((row) => statusEntity(state, row, asker)));
    })
    .post("/", (request, response) => {
      const author = signedIn(state, request);
      const body = toBody(request.body);
      const { status, notifications, repeated } = publish(state, author, {
        text: body.status,
        spoiler: body.spoiler_text,
        replyTo: body.in_reply_to_id ?? undefined,
        visibility: body.visibility ?? undefined,
        language: body.language ?? undefined,
        idempotencyKey: request.get("idempotency-key"),
      });
      if (!repeated) announcePosted(state, status, notifications);
      response.json(statusEntity(state, status, author.id));
    })
    .get("/:id", (request, response) => {
      response.json(statusEntity(state, find(request), askerOf(state, request)?.id));
    })
    .put("/:id", (request, response) => {
      const own = findOwn(request);
      const body = toBody(request.body);
      const { status, notifications, changed } = revise(state, own, { text: body.status, spoiler: body.spoiler_text });
      if (changed) announceEdited(state, status, notifications);
      response.json(statusEntity(state, status, own.account_id));
    })
    .delete("/:id", (request, response) => {
      const own = findOwn(request);
      const entity = { ...statusEntity(state, own, own.account_id), text: own.text };
      const concerned = concernedBy(state, own);
      announceRemoved(state, concerned, remove(state, own));
      response.json(entity);
    })
    .get("/:id/context", (request, response) => {
      const asker = askerOf(state, request)?.id;
      const { ancestors, descendants } = threadOf(state, find(request), asker);
      const toEntity = (status: StatusRow) => statusEntity(state, status, asker);
      response.json({ ancestors: ancestors.map(toEntity), descendants: descendants.map(toEntity) });
    })
    .get("/:id/history", (request, response) => response.json(historyEntity(state, find(request))))
    .get("/:id/source", (request, response) => response.json(statusSourceEntity(findOwn(request))));
}

function toBody(body: unknown): z.infer<typeof Body> {
  const parsed = Body.safeParse(body ?? {});
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  return parsed.data;
}
