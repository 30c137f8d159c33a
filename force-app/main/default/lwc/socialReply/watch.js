import { toAnswers } from "./answers";

/**
 * Watches over one writer: tells of answers that came since the box was pointed at its post. What stood there then is known, and
 * so is what the writer sent. Compares ids, not times: no two clocks have to agree.
 */
export function openWatch() {
  const own = new Set();
  let data;
  let conversation;
  let known;

  const isKnown = ({ id, key }) => own.has(id) || known.has(id) || (key !== undefined && known.has(key));

  function know(answers) {
    for (const { id, key } of answers) known.add(id).add(key ?? id);
  }

  return {
    /** The box was pointed at another post. */
    turnTo(target) {
      if (target.conversation !== conversation) data = undefined;
      conversation = target.conversation;
      known = undefined;
    },
    /** The answer to `answersQuery` for the target's conversation. */
    hear(answersData) {
      data = answersData;
    },
    /** The writer sent this reply. */
    knowReply(id) {
      own.add(id);
    },
    /** The newest answer that the writer does not know of. */
    findUnknown(target, targets) {
      if (!data || !target) return undefined;
      const answers = toAnswers(data, target, targets);
      if (!known) {
        known = new Set();
        know(answers);
      }
      // A known reply makes the post that it became known, too.
      know(answers.filter(isKnown));
      return answers.find((answer) => !isKnown(answer));
    },
  };
}
