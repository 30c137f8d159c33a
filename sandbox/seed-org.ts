import type { Org } from "./org/index.ts";
import { orgRecords } from "./samples/org.ts";

/** Puts the sample customers, leads and ordinary Cases into an org that has no customers yet. */
export function seedOrg({ store }: Org): void {
  const admin = store.actor("ada@nordwind.example");
  if (admin === undefined) throw new Error("The sandbox org has no admin");
  if (store.query(admin, "SELECT COUNT() FROM Contact").totalSize > 0) return;
  const ids = new Map<string, string>();
  store.transaction(() => {
    for (const { object, ref, fields } of orgRecords) {
      const values = Object.entries(fields).map(([field, value]): [string, unknown] => [field, resolve(ids, value)]);
      ids.set(ref, store.create(admin, object, Object.fromEntries(values)));
    }
  });
}

type Value = (typeof orgRecords)[number]["fields"][string];

function resolve(ids: ReadonlyMap<string, string>, value: Value): unknown {
  if (typeof value !== "object" || value === null) return value;
  const id = ids.get(value.ref);
  if (id === undefined) throw new Error(`A sample record refers to ${value.ref}, which stands nowhere before it`);
  return id;
}
