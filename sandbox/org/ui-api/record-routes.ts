import { z } from "zod";
import { noSuchResource, Refusal } from "../refusal.ts";
import type { Route } from "../route.ts";
import type { ObjectType } from "../schema.ts";
import type { Store } from "../store.ts";
import { listedFields } from "./listed-fields.ts";
import { readRecord } from "./read-record.ts";
import { answerWrite } from "./write-answer.ts";

const Input = z.object({ apiName: z.string().optional(), fields: z.record(z.string(), z.unknown()) });

const RECORD = "/ui-api/records/:id";

export const recordRoutes: readonly Route[] = [
  {
    method: "GET",
    path: RECORD,
    kind: "ui-api",
    answer({ params, query, actor }, { store }) {
      const { id, object } = target(store, params["id"]);
      const paths = listedFields(query, { object, schema: store.schema, access: actor.access });
      const body = readRecord({ store, actor, object }, id, paths);
      if (query.get("updateMru") === "true") store.view(actor, id);
      return { status: 200, body };
    },
  },
  {
    method: "POST",
    path: "/ui-api/records",
    kind: "ui-api",
    answer({ body, actor }, { store }) {
      const { apiName = "", fields } = toInput(body);
      const object = store.schema.object(apiName);
      if (object === undefined || !actor.access.object(object).read) {
        throw new Refusal("INVALID_TYPE", `Object ${apiName} is not supported in UI API`);
      }
      return answerWrite({ store, actor, object }, 201, () => store.create(actor, object.name, fields));
    },
  },
  {
    method: "PATCH",
    path: RECORD,
    kind: "ui-api",
    answer({ params, body, actor }, { store }) {
      const { id, object } = target(store, params["id"]);
      const { fields } = toInput(body);
      return answerWrite({ store, actor, object }, 200, () => {
        store.update(actor, object.name, id, fields);
        return id;
      });
    },
  },
  {
    method: "DELETE",
    path: RECORD,
    kind: "ui-api",
    answer({ params, actor }, { store }) {
      const { id, object } = target(store, params["id"]);
      store.remove(actor, object.name, id);
      return { status: 204 };
    },
  },
];

function target(store: Store, id = ""): { id: string; object: ObjectType } {
  const object = store.schema.objectOf(id);
  if (object === undefined) throw noSuchResource();
  return { id, object };
}

function toInput(body: unknown): z.infer<typeof Input> {
  const input = Input.safeParse(body);
  if (!input.success) throw new Refusal("JSON_PARSER_ERROR", "The body needs an object called fields.");
  return input.data;
}
