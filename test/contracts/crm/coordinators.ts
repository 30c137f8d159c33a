import type { Key } from "../../../connector/model/glossary.ts";

export interface KeptListener {
  readonly name: string;
  readonly active?: boolean;
  readonly account?: Key;
  readonly words?: string;
  readonly excluded?: string;
  readonly languages?: string;
}

export interface KeptRule {
  readonly name: string;
  readonly active?: boolean;
  readonly order?: number;
  readonly condition?: string;
  readonly response?: "Needed" | "Not needed";
  readonly priority?: "High" | "Medium" | "Low";
  readonly queue?: string;
  readonly minutes?: number;
  readonly reason?: string;
}

/** A row as a coordinator sees it. */
export interface SeenSetting {
  readonly name: string;
  /** Of a listener its words, of a rule its condition. */
  readonly text: string;
  readonly state: string | undefined;
  readonly detail: string | undefined;
}

/** What a coordinator does with listeners and rules, and sees of them. */
export interface CoordinatorActs {
  readonly addListener: (listener: KeptListener) => Promise<string>;
  readonly addRule: (rule: KeptRule) => Promise<string>;
  readonly changeRule: (id: string, change: Partial<KeptRule>) => Promise<void>;
  readonly removeRule: (id: string) => Promise<void>;
  readonly listener: (id: string) => Promise<SeenSetting>;
  readonly rule: (id: string) => Promise<SeenSetting>;
}
