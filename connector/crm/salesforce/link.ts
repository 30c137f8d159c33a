import type { IdentityState, Link } from "../../model/memory.ts";
import type { Fields } from "./fields.ts";
import { parent, text, type Row } from "./rows.ts";

/** A link without what is empty. */
export function toLink({ contact, lead, account }: { readonly [K in keyof Link]-?: Link[K] | undefined }): Link {
  return {
    ...(contact === undefined ? {} : { contact }),
    ...(lead === undefined ? {} : { lead }),
    ...(account === undefined ? {} : { account }),
  };
}

/** The columns of a persona that `toPersonaLink` reads. */
export function toLinkColumns({ persona: p }: Fields): readonly string[] {
  return [p.contact, p.lead, p.account, `${p.leadRow}.ConvertedContactId`, `${p.leadRow}.ConvertedAccountId`];
}

/** Whom a persona stands for. A Lead that was converted stands for the Contact and the Account it became. */
export function toPersonaLink({ persona: p }: Fields, row: Row): Link {
  const lead = parent(row, p.leadRow);
  return toLink({
    contact: text(row, p.contact) ?? text(lead, "ConvertedContactId"),
    lead: text(row, p.lead),
    account: text(row, p.account) ?? text(lead, "ConvertedAccountId"),
  });
}

export function toIdentityState(value: string | undefined): IdentityState {
  return value === "Suggested" || value === "Linked" || value === "Verified" ? value : "Anonymous";
}
