import { says, type Sample } from "../sample.ts";

/** Bags: a public complaint that goes on in private, another that its author sets right, one that she takes back. */
export const baggage: readonly Sample[] = [
  says(
    "camera",
    ["anna", "de"],
    "@nordwind Mein Kamerakoffer ist gestern in Hamburg stehen geblieben (NW204) und am Schalter wusste niemand etwas. Wann kommt er?",
    { afterMs: 400 },
  ),
  says(
    "camera-private",
    ["anna", "de"],
    "@nordwind Zum Kamerakoffer: Buchung QX7P2L, Gepäckschein 0412 887 213. Erreichbar unter anna@bergbildwerk.example.",
    { visibility: "direct", afterMs: 900 },
  ),
  says("bike", ["lucas_w", "en"], "@nordwind you bent my front wheel. AGAIN. Race is on Sunday. What now?", {
    afterMs: 900,
  }),
  says("bike-photo", ["lucas_w", "en"], "@nordwind the box said FRAGILE on all six sides, for the record", {
    replyTo: "bike",
  }),
  says(
    "bike-friend",
    ["marek_d", "en"],
    "@lucas_w @nordwind same thing happened to me in March, they paid after six weeks and four mails",
    { replyTo: "bike-photo" },
  ),
  says(
    "cello",
    ["lukas_weber", "de"],
    "@nordwind Für NW481 am Freitag habe ich einen Extraplatz für ein Cello bezahlt, in der App sehe ich ihn nicht. Bitte prüfen.",
  ),
  {
    edit: "cello",
    text: "@nordwind Für NW418 am Freitag habe ich einen Extraplatz für ein Cello bezahlt, in der App sehe ich ihn nicht. Bitte prüfen.",
    afterMs: 2_500,
  },
  says(
    "camera-again",
    ["anna", "de"],
    "@nordwind Zwei Tage, kein Koffer, kein Anruf. So langsam verliere ich einen Auftrag. 😠",
    { replyTo: "camera" },
  ),
  says(
    "angry",
    ["greta_h", "en"],
    "@nordwind your staff at gate 12 are the rudest people I have ever met, all of them!!",
  ),
  { remove: "angry", afterMs: 3_000 },
  says(
    "greta-calm",
    ["greta_h", "en"],
    "@nordwind sorry, long night. But could somebody tell me why my hand luggage was weighed twice and charged once?",
  ),
  says("bike-paid", ["lucas_w", "en"], "@nordwind so? Is there a form for this or do I just shout into the wind?", {
    replyTo: "bike",
  }),
];
