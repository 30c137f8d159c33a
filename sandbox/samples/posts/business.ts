import { says, type Sample } from "../sample.ts";

/** People who are about to buy, and what keeps them from it. */
export const business: readonly Sample[] = [
  says(
    "fares",
    ["priya_n", "en"],
    "@nordwind we are 40 people who fly Oslo–London every week. Do you have a company programme, and who would I talk to?",
    { afterMs: 600 },
  ),
  says(
    "compare",
    ["priya_n", "en"],
    "Comparing airlines for the team. Anyone with experience of @nordwind versus the big ones?",
  ),
  says("compare-tom", ["tom_okafor", "en"], "@priya_n punctual most of the year, and the app is decent when it works", {
    replyTo: "compare",
  }),
  says("compare-lukas", ["lukas_weber", "en"], "@priya_n fine in the air. On the phone, less so.", {
    replyTo: "compare",
  }),
  says(
    "group",
    ["jp_moreau", "fr"],
    "@nordwind Toujours pas de réponse pour mon groupe de 32. Vos concurrents m'ont répondu en une heure.",
  ),
  says(
    "group-private",
    ["jp_moreau", "fr"],
    "@nordwind Voici mes coordonnées : jp@moreau-evenements.example, 32 personnes, du 12 au 16 juin.",
    {
      visibility: "direct",
    },
  ),
  says(
    "agency",
    ["fatima_z", "fr"],
    "@nordwind Votre portail pour agences refuse mon identifiant depuis lundi. Je perds des ventes !",
  ),
  says(
    "invoice",
    ["priya_n", "en"],
    "@nordwind last question before I sign: can invoices go to one address with the cost centre on them? Our auditors insist.",
    { replyTo: "fares" },
  ),
  says(
    "refund",
    ["lukas_weber", "de"],
    "@nordwind Erstattung für NW418 seit drei Wochen offen, Vorgang 8841203. Wie lange noch?",
  ),
];
