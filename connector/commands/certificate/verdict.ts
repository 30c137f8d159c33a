import type { IsoTime } from "../../model/glossary.ts";
import type { Certificate, CertifiedPlace } from "./certificate.ts";

/** What all places together say. `backupsUntil`: when the last backup that may hold it is gone. */
export function toVerdict(
  goneAt: IsoTime | undefined,
  places: readonly CertifiedPlace[],
  backupsUntil: IsoTime,
): Pick<Certificate, "outcome" | "verdict"> {
  const traces = places.filter(({ room }) => room === "journal" || room === "CRM");
  const ours = toNames(traces, "words");
  if (goneAt === undefined) return toStanding(places, traces.length > 0, ours);
  if (ours !== "")
    return {
      outcome: "there",
      verdict: `STILL THERE: ${ours}. While the connector runs and the CRM answers it is erased by itself, unless its deletion is parked: "earshot parked list" says why`,
    };
  const shown = toNames(places, "words");
  if (shown !== "")
    return { outcome: "there", verdict: `STILL THERE: ${shown}. It is gone from the journal and the CRM` };
  const unseen = toNames(
    places.filter(({ room }) => room !== "network"),
    "unknown",
  );
  if (unseen !== "")
    return {
      outcome: "uncertain",
      verdict: `Not certain: ${unseen} could not be looked at. Ask again when it answers`,
    };
  const onNetwork = places.some(({ room, holds }) => room === "network" && holds === "nothing");
  const where = onNetwork ? "Gone everywhere" : "Gone from the journal and the CRM (its network could not be asked)";
  return { outcome: "gone", verdict: `${where}; backups until ${backupsUntil.slice(0, 10)}` };
}

function toStanding(
  places: readonly CertifiedPlace[],
  known: boolean,
  ours: string,
): Pick<Certificate, "outcome" | "verdict"> {
  if (ours !== "")
    return { outcome: "stands", verdict: `It stands: nobody told us that it was deleted. It is in ${ours}` };
  if (places.some(({ room, holds }) => room === "CRM" && holds === "unknown"))
    return { outcome: "uncertain", verdict: "Not certain: the CRM could not be looked at. Ask again when it answers" };
  if (known) return { outcome: "not held", verdict: "Nobody told us that it was deleted, and nothing of it is held" };
  return {
    outcome: "unknown",
    verdict: "No post of this key is known here: is it spelt as on the post's page in the CRM?",
  };
}

function toNames(places: readonly CertifiedPlace[], holds: CertifiedPlace["holds"]): string {
  return places
    .filter((place) => place.holds === holds)
    .map(({ room, where }) => `${room}: ${where}`)
    .join("; ");
}
