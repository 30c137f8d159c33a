import { Misconfigured } from "../../errors.ts";

/** A full copy of an org holds copies of its queued replies: they must not be sent a second time. Throws `Misconfigured`. */
export function refuseCopy(expected: string | undefined, orgId: string | undefined): void {
  if (expected === undefined || orgId === undefined || orgId.startsWith(expected.slice(0, 15))) return;
  throw new Misconfigured(
    `This is org ${orgId}, but salesforce.orgId names ${expected}: a copy of an org must not send the replies of the original. ` +
      `Set salesforce.orgId to the org that this connector serves`,
  );
}
