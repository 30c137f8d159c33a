import * as reps from "../town/reps-acts.ts";
import * as speaking from "../town/speaking.ts";
import type { Town } from "../town/town.ts";
import * as troubles from "../town/troubles.ts";

type Act = (town: Town) => Promise<unknown>;

/** How often each comes, among all. */
const ACTS: readonly (readonly [number, Act])[] = [
  [6, speaking.ask],
  [2, speaking.praise],
  [1, speaking.chat],
  [5, speaking.joinIn],
  [2, speaking.answerInApp],
  [5, speaking.edit],
  [2, speaking.editTwice],
  [3, speaking.remove],
  [2, speaking.sayAndRemove],
  [1, speaking.editAndRemove],
  [10, reps.reply],
  [1, reps.draftWithQuote],
  [3, reps.decideOnReplies],
  [2, reps.takeCase],
  [1, reps.prioritise],
  [1, reps.nameCase],
  [1, reps.describeCase],
  [3, reps.closeCase],
  [2, reps.mergeCases],
  [2, reps.confirmMatch],
  [1, reps.refuseMatch],
  [2, reps.correctLabel],
  [1, reps.dismiss],
  [2, troubles.troubleOrg],
  [2, troubles.troubleNetwork],
  [1, troubles.dropStreams],
];

const DECK = ACTS.flatMap(([times, act]) => Array.from({ length: times }, () => act));

/** Something that somebody does now. */
export async function actSomehow(town: Town): Promise<void> {
  await DECK[town.chance.below(DECK.length)]?.(town);
}
