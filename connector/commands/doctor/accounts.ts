import { toAccountName, type Config } from "../../config.ts";
import type { Visit } from "../../wire/visit.ts";
import { bad, good, type Check } from "./check.ts";

/** Whether each of our accounts can be opened, as whom, and with the rights that it needs. */
export function toAccountChecks(visit: Visit, { accounts }: Pick<Config, "accounts">): readonly Check[] {
  return accounts.map((account) => {
    const what = `Account ${toAccountName(account)}`;
    return {
      what,
      async look(signal) {
        await using source = await visit.source(account, signal);
        if (account.network === "webhook") return [good(what, "Its signing secret is well-formed")];
        const { handle, mode } = source.account;
        const ways = mode === "engage" ? "listens and answers" : "listens only";
        const lacks = (await source.lacks?.(signal)) ?? [];
        if (lacks.length === 0) return [good(what, `The network knows us as ${handle}, which ${ways}`)];
        const kind = account.network === "bluesky" ? "app password" : "token";
        const remedy = `Make ${account.network === "bluesky" ? "an" : "a"} ${kind} that has them, and start the connector with it`;
        return [bad(what, `The ${kind} of ${handle}, which ${ways}, lacks the rights ${lacks.join(", ")}`, remedy)];
      },
    };
  });
}
