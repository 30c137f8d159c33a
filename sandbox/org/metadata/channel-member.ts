import { basename, join } from "node:path";
import { z } from "zod";
import { filesIn, readXml } from "./read-xml.ts";

const member = z.strictObject({
  eventChannel: z.string(),
  selectedEntity: z.string(),
});

/** The names of the objects whose changes become events on the channel ChangeEvents. */
export function readSelectedObjects(folder: string): string[] {
  const ending = ".platformEventChannelMember-meta.xml";
  return filesIn(join(folder, "platformEventChannelMembers"), ending).map((file) => {
    const { eventChannel, selectedEntity } = readXml(file, member);
    if (eventChannel !== "ChangeEvents") {
      throw new Error(`${basename(file)}: the sandbox has no event channels of an org's own, only ChangeEvents`);
    }
    const name = /^(\w+?)(__)?ChangeEvent$/.exec(selectedEntity);
    if (name?.[1] === undefined)
      throw new Error(`${basename(file)}: ${selectedEntity} is no change event of an object`);
    return name[2] === undefined ? name[1] : `${name[1]}__c`;
  });
}
