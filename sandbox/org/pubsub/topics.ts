import type { Actor } from "../access.ts";
import type { ObjectType } from "../schema.ts";
import { toEventName, toEventSchema, type EventSchema } from "./event-schema.ts";

export interface Topic {
  readonly name: string;
  readonly objects: ReadonlyMap<string, ObjectType>;
  /** Of a topic for one object's changes. */
  readonly schema?: EventSchema;
}

export interface Topics {
  find(name: string): Topic | undefined;
  schemaOf(entity: string): EventSchema;
  schemaById(id: string): EventSchema | undefined;
}

/** A topic for each chosen object, and `/data/ChangeEvents` for them all. */
export function toTopics(objects: ReadonlySet<ObjectType>): Topics {
  const schemas = new Map([...objects].map((object) => [object.name, toEventSchema(object)]));
  const topics = [...objects].map((object): Topic => {
    const schema = schemas.get(object.name);
    return {
      name: `/data/${toEventName(object)}`,
      objects: new Map([[object.name, object]]),
      ...(schema && { schema }),
    };
  });
  topics.push({ name: "/data/ChangeEvents", objects: new Map([...objects].map((object) => [object.name, object])) });
  return {
    find: (name) => topics.find((topic) => topic.name === name),
    schemaOf: (entity) => {
      const schema = schemas.get(entity);
      if (schema === undefined) throw new Error(`no change events are selected for ${entity}`);
      return schema;
    },
    schemaById: (id) => [...schemas.values()].find((schema) => schema.id === id),
  };
}

/** Sharing is ignored by events: so they are for those who may see all rows. */
export function maySubscribe(actor: Actor, { objects }: Topic): boolean {
  return [...objects.values()].every((object) => actor.access.object(object).viewAll);
}
