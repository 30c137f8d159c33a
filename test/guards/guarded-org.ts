import { readdirSync, readFileSync } from "node:fs";
import type { Connection } from "jsforce";
import type { Values } from "../../sandbox/org/store.ts";
import type { OrgOptions } from "../../sandbox/org/index.ts";
import { openTestOrg, type Who } from "../../sandbox/org/testing/open-test-org.ts";

/** The stand-in org with force-app's validation rules, which it evaluates, and one object they stand on. */
export interface GuardedOrg extends AsyncDisposable {
  idOf(who: Who): string;
  /** The API as this user has it. */
  as(who: Who): Connection;
  create(who: Who, object: string, values: Values): string;
  /** A field of a row of the object, as the API answers it. */
  read(id: string, field: string): unknown;
  /** Changes a row of the object. */
  set(who: Who, id: string, values: Values): void;
  /** Changes a row of another object. */
  setRow(who: Who, object: string, id: string, values: Values): void;
  convert(lead: string): { readonly contact: string; readonly account: string };
  /** The rule of the object that refuses this write; undefined where none does. Another refusal is thrown. */
  against(write: () => void): string | undefined;
  /** The same, or what else refuses it, such as field security; undefined where nothing does. */
  refusal(write: () => void): string | undefined;
}

export async function openGuardedOrg(object: string, options: Partial<OrgOptions> = {}): Promise<GuardedOrg> {
  const served = await openTestOrg(options);
  const { org } = served;
  const rules = rulesOf(object);
  const actor = (who: Who) => {
    const found = org.store.actor(`${who}@nordwind.example`);
    if (found === undefined) throw new Error(`There is no ${who}`);
    return found;
  };
  const guarded: GuardedOrg = {
    idOf: (who) => actor(who).id,
    as: (who) => served.as(who),
    create: (who, type, values) => org.store.create(actor(who), type, values),
    read: (id, field) => org.store.read(actor("ada"), object, id, [field])[field],
    set: (who, id, values) => org.store.update(actor(who), object, id, values),
    setRow: (who, type, id, values) => org.store.update(actor(who), type, id, values),
    convert: (lead) => org.store.convertLead(actor("ada"), { lead }),
    against(write) {
      try {
        write();
        return undefined;
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        const rule = rules.find(({ sentence }) => said.includes(sentence));
        if (rule === undefined) throw error;
        return rule.name;
      }
    },
    refusal(write) {
      try {
        return guarded.against(write);
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    [Symbol.asyncDispose]: () => org[Symbol.asyncDispose](),
  };
  return guarded;
}

/** Each rule says something of its own, so its sentence names it. */
function rulesOf(object: string): readonly { readonly name: string; readonly sentence: string }[] {
  const folder = `force-app/main/default/objects/${object}/validationRules`;
  return readdirSync(folder).map((file) => {
    const sentence = /<errorMessage>(.*)<\/errorMessage>/.exec(readFileSync(`${folder}/${file}`, "utf8"))?.[1];
    if (sentence === undefined) throw new Error(`${file} has no message`);
    return { name: file.replace(".validationRule-meta.xml", ""), sentence };
  });
}
