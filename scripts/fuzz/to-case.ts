import { sign, type Wire } from "./delivery.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateHeaders, signOtherwise } from "./mutate-headers.ts";
import { mutateJson } from "./mutate-json.ts";
import type { Chance } from "./random.ts";
import { toBody } from "./samples.ts";

/** One delivery, mostly with something wrong; `isUntouched`: with nothing. */
export interface Case extends Wire {
  readonly isUntouched: boolean;
}

export function toCase(chance: Chance): Case {
  const sample = toBody(chance);
  if (chance.oneIn(20)) return { ...sign(Buffer.from(JSON.stringify(sample))), isUntouched: true };
  return { ...toMutated(sample, chance), isUntouched: false };
}

/** Signed before the change, or after it: then only the reading of the body stands between it and us. */
function toMutated(sample: object, chance: Chance): Wire {
  const good = Buffer.from(JSON.stringify(sample));
  switch (chance.below(6)) {
    case 0:
      return { ...sign(good), body: mutateBytes(good, chance) };
    case 1:
      return sign(mutateBytes(good, chance));
    case 2:
    case 3:
      return sign(Buffer.from(mutateJson(sample, chance)));
    case 4:
      return mutateHeaders(sign(chance.oneIn(4) ? Buffer.from(mutateJson(sample, chance)) : good), chance);
    default:
      return signOtherwise(good, chance);
  }
}
