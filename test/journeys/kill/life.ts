import type { Config } from "../../../connector/config.ts";
import type { FastTime } from "./fast-clock.ts";
import { toFuse, type Fuse } from "./fuse.ts";
import type { KillPoint } from "./point.ts";
import { openTap } from "./tap.ts";

/** One connector, from its start to its death. */
export interface Life {
  readonly fuse: Fuse;
  /** Resolves when every part is up, or when it is over. */
  readonly ready: Promise<void>;
  /** Resolves when nothing of it is left; rejects with what ended it, if that was not its point. */
  readonly over: Promise<void>;
  /** Ends it as its operator would, if it is not dead yet. */
  stop(): Promise<void>;
}

export interface LifeOptions {
  readonly config: Config;
  readonly time: FastTime;
  /** undefined: it lives on. */
  readonly point: KillPoint | undefined;
}

/** How a connector comes to life: in this process, or in one of its own. */
export type Give = (options: LifeOptions) => Promise<Life>;

/** A connector's own lines to org and network, which its fuse counts. */
export async function openLines(
  config: Config,
  point: KillPoint | undefined,
  onBlown: () => void,
): Promise<{ readonly fuse: Fuse; readonly config: Config } & AsyncDisposable> {
  const fuse = toFuse(point, () => {
    for (const line of [org, network]) line.cut();
    onBlown();
  });
  const url = config.accounts[0]?.network === "mastodon" ? config.accounts[0].url : "";
  const org = await openTap(config.salesforce.loginUrl, "CRM request", fuse);
  const network = await openTap(url, "network request", fuse);
  return {
    fuse,
    config: {
      ...config,
      salesforce: { ...config.salesforce, loginUrl: org.url },
      accounts: config.accounts.map((account) =>
        account.network === "mastodon" ? { ...account, url: network.url } : account,
      ),
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([org, network].map((line) => line[Symbol.asyncDispose]()));
    },
  };
}
