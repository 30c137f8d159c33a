import type { Actor } from "../access.ts";
import type { Metadata } from "../metadata/index.ts";
import type { EventLog } from "../pubsub/event-log.ts";
import type { Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import { parseSoql } from "../soql/parse.ts";
import { runQuery } from "../soql/run.ts";
import type { Store, UpsertTarget } from "../store.ts";
import { openActors } from "./actors.ts";
import { archiveTasks } from "./archive.ts";
import { openCapture, type Capture } from "./capture.ts";
import type { Database, Row } from "./database.ts";
import { isId, toFullId } from "./ids.ts";
import { markConverted } from "./convert-lead.ts";
import { mergeRows } from "./merge.ts";
import { refusePerson, removeWhole, restoreWhole, withPersonAccounts } from "./person-accounts.ts";
import { isInBin, purgeBin } from "./remove.ts";
import { answerRecordAccess, isRecordAccess } from "./record-access.ts";
import { openRecordTypes } from "./record-types.ts";
import { openRows, type Rows } from "./rows.ts";
import type { RuleBook } from "./rule-book.ts";
import { openSaver } from "./save.ts";
import { isVisible, mayDelete, noAccess, requireObject, requireRow } from "./sharing.ts";
import { toStored } from "./stored-value.ts";
import { toSeconds } from "./times.ts";

interface StoreParts {
  readonly database: Database;
  readonly metadata: Metadata;
  readonly ruleBook: RuleBook;
  /** Full: no row is made any more. */
  readonly storage: { readonly isFull: boolean };
  readonly events: EventLog;
  readonly now: () => number;
}

export interface OpenStore {
  readonly store: Store;
  /** The rows without permissions, which the seed writes. */
  readonly rows: Rows;
  readonly capture: Capture;
}

/** The store over a database with its tables prepared. */
export function openStore({ database, metadata, ruleBook, storage, events, now }: StoreParts): OpenStore {
  const { schema } = metadata;
  const bare = openRows(database, schema, now);
  const capture = openCapture(bare, metadata.selectedObjects, events);
  const { rows } = capture;
  const recordTypes = openRecordTypes(rows, metadata);
  const parts = { ruleBook, duplicateRules: metadata.duplicateRules, storage, recordTypes };
  const saver = withPersonAccounts(openSaver(rows, parts), rows);
  const actors = openActors(database, metadata.permissionSets);

  function write<T>(actor: Actor, work: () => T): T {
    return database.transaction(() => capture.by(actor.id, work));
  }

  function find(object: ObjectType, id: string): Row | undefined {
    return isId(id) ? rows.find(object, toFullId(id)) : undefined;
  }

  function findTarget(object: ObjectType, { field: name, key }: UpsertTarget): Row | undefined {
    const field = object.field(name);
    if (!field || (!field.externalId && field.name !== "Id")) {
      throw new Refusal("NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + name, {
        status: 404,
      });
    }
    return field.name === "Id" ? find(object, key) : rows.findBy(object, field, toStored(field, key));
  }

  const store: Store = {
    schema,
    actor: actors.find,
    actors: actors.all,
    transaction: database.transaction,

    query: (actor, query, options = {}) => {
      const tree = typeof query === "string" ? parseSoql(query) : query;
      if (isRecordAccess(tree)) return answerRecordAccess(rows, actors.find, tree);
      return runQuery(database, { schema, actor, now: now(), deleted: options.deleted ?? false }, tree);
    },

    read: (actor, name, id, fields) => {
      const object = requireObject(actor, schema.object(name));
      const row = requireRow({ rows, actor }, object, find(object, id));
      const readable = object.fields.filter((field) => actor.access.field(object, field).read);
      const paths = fields ?? readable.map((field) => field.name);
      const value = { kind: "string", value: String(row["Id"]) } as const;
      const query: Query = {
        select: paths.map((path) => ({ kind: "field", path })),
        from: object.name,
        where: { op: "compare", path: "Id", operator: "=", value },
      };
      // An archived row is read by its id as any other.
      const [found] = store.query(actor, query, { deleted: true }).records;
      if (!found) throw noAccess();
      return found;
    },

    find: (actor, target) => {
      const object = requireObject(actor, schema.object(target.object));
      const row = findTarget(object, target);
      return row && isVisible({ rows, actor }, object, row) ? String(row["Id"]) : undefined;
    },

    create: (actor, name, values, options = {}) =>
      write(actor, () => saver.insert(actor, requireObject(actor, schema.object(name)), values, options)),

    update: (actor, name, id, values, options = {}) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object(name));
        saver.change(actor, object, requireRow({ rows, actor }, object, find(object, id)), values, options);
      }),

    upsert: (actor, target, values, options = {}) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object(target.object));
        const prior = findTarget(object, target);
        if (prior) {
          saver.change(actor, object, requireRow({ rows, actor }, object, prior), values, options);
          return { id: String(prior["Id"]), created: false };
        }
        const keyed = target.field.toLowerCase() === "id" ? values : { ...values, [target.field]: target.key };
        return { id: saver.insert(actor, object, keyed, options), created: true };
      }),

    remove: (actor, name, id) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object(name));
        const row = requireRow({ rows, actor }, object, find(object, id));
        if (!mayDelete(actor, object, row)) throw noAccess();
        removeWhole(rows, object, row);
      }),

    merge: (actor, { object: name, master, losers }) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object(name));
        const idOf = (id: string): string => {
          const row = requireRow({ rows, actor }, object, find(object, id));
          refusePerson(row);
          return String(row["Id"]);
        };
        for (const loser of losers) mergeRows(rows, { actor, object, master: idOf(master), loser: idOf(loser) });
      }),

    convertLead: (actor, conversion) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object("Lead"));
        const lead = requireRow({ rows, actor }, object, find(object, conversion.lead));
        const account = conversion.account ?? store.create(actor, "Account", { Name: lead["Company"] });
        const { FirstName, LastName, Email, Phone } = lead;
        const person = { FirstName, LastName, Email, Phone, AccountId: account };
        const contact = conversion.contact ?? store.create(actor, "Contact", person);
        markConverted(rows, { actor, lead, contact, account });
        return { contact, account };
      }),

    restore: (actor, name, id) =>
      write(actor, () => {
        const object = requireObject(actor, schema.object(name));
        const row = find(object, id);
        if (row?.["IsDeleted"] !== 1 || !isInBin(rows, object, row)) {
          throw new Refusal("UNDELETE_FAILED", "Entity is not in the recycle bin");
        }
        if (!mayDelete(actor, object, row)) throw noAccess();
        restoreWhole(rows, object, row);
      }),

    archive: () => database.transaction(() => archiveTasks(bare)),
    purge: () => database.transaction(() => purgeBin(bare)),

    view: (actor, id) => {
      const object = schema.objectOf(id);
      if (!object || !find(object, id)) return;
      const sql = "INSERT INTO _views VALUES (?, ?, ?) ON CONFLICT (user, row) DO UPDATE SET at = excluded.at";
      database.run(sql, actor.id, toFullId(id), toSeconds(now()));
    },
  };
  return { store, rows: bare, capture };
}
