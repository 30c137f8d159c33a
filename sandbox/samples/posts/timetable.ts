import { says, type Sample } from "../sample.ts";

/** A crowd under one post of the company's own: each of them is a customer of their own. */
export const timetable: readonly Sample[] = [
  says(
    "timetable",
    ["nordwind", "en"],
    `Good morning! Our summer timetable is out: fourteen new routes, among them Bergen–Porto and Oslo–Lyon.
Where would you like to go first? https://nordwind.example/summer #NordwindSummer`,
    { afterMs: 300 },
  ),
  says("timetable-sofie", ["sofie_lund", "en"], "@nordwind Porto! Do the children get a discount on that one?", {
    replyTo: "timetable",
    afterMs: 500,
  }),
  says(
    "timetable-carmen",
    ["carmen_ruiz", "es"],
    "@nordwind ¿Y Málaga? El año pasado quitasteis el vuelo directo y desde entonces pierdo un día entero en Fráncfort.",
    { replyTo: "timetable", afterMs: 700 },
  ),
  says("timetable-marek", ["marek_d", "en"], "@nordwind is Prague still only two times in the week? I can't find it.", {
    replyTo: "timetable",
  }),
  says(
    "timetable-jp",
    ["jp_moreau", "fr"],
    "@nordwind Oslo–Lyon, enfin ! J'ai un groupe de 32 personnes en juin : à qui dois-je demander un tarif ?",
    { replyTo: "timetable" },
  ),
  says("timetable-yuki", ["yuki_travels", "en"], "@nordwind Bergen–Porto is a dream of a route. Well done 👏", {
    replyTo: "timetable",
  }),
  says(
    "timetable-bergmann",
    ["anna_bergmann", "en"],
    "@nordwind @yuki_travels rain to sun in three hours, take my money",
    {
      replyTo: "timetable-yuki",
    },
  ),
  says(
    "timetable-tom",
    ["tom_okafor", "en"],
    "@nordwind lovely, but the link gives me an error page on my phone. Third time this week your site does that.",
    { replyTo: "timetable" },
  ),
  says("timetable-sofie-2", ["sofie_lund", "en"], "@nordwind hello? Anybody there? It was a simple question.", {
    replyTo: "timetable-sofie",
  }),
  says(
    "timetable-fatima",
    ["fatima_z", "fr"],
    "@nordwind Et Rabat, c'est pour quand ? Mes clients n'attendent que ça.",
    {
      replyTo: "timetable",
    },
  ),
  says("timetable-greta", ["greta_h", "en"], "@nordwind any chance of an early flight to Tromsø, before seven?", {
    replyTo: "timetable",
  }),
];
