import { says, type Sample } from "../sample.ts";

/** A bad morning at the airport, in several languages, and the company's own word on it. */
export const delays: readonly Sample[] = [
  says(
    "fog",
    ["tom_okafor", "en"],
    "@nordwind NW115 to Aberdeen: two hours on the tarmac, no water, no word from the crew. Is this the plan for today?",
    { afterMs: 400 },
  ),
  says(
    "fog-es",
    ["carmen_ruiz", "es"],
    "@nordwind Perdí mi conexión por el retraso del NW702. ¿Quién me paga el hotel?",
    {
      afterMs: 800,
    },
  ),
  says(
    "fog-notice",
    ["nordwind", "en"],
    "Fog at Oslo this morning: flights leave up to two hours late. Rebooking is free today and tomorrow. We are sorry for the wait.",
  ),
  says("fog-thanks", ["tom_okafor", "en"], "@nordwind rebooked in four minutes, fair play. Thank you.", {
    replyTo: "fog-notice",
  }),
  says("fog-marek", ["marek_d", "cs"], "@nordwind Dobrý den, platí to i pro let do Prahy zítra ráno?", {
    replyTo: "fog-notice",
  }),
  says(
    "fog-private",
    ["carmen_ruiz", "es"],
    "@nordwind Mi localizador es RT4K9M y este es el recibo del hotel: 118 €.",
    {
      visibility: "direct",
    },
  ),
  says("fog-bergmann", ["anna_bergmann", "de"], "@nordwind Gilt die kostenlose Umbuchung auch für Studententarife?", {
    replyTo: "fog-notice",
  }),
  says(
    "fog-lukas",
    ["lukas_weber", "de"],
    "@nordwind Seit 50 Minuten in der Warteschleife eurer Hotline. Das ist eine Frechheit, ich möchte stornieren!",
  ),
  says("fog-yuki", ["yuki_travels", "ja"], "霧のオスロ空港。二時間遅れですが、朝焼けはきれいです。 #Oslo"),
  says(
    "fog-elsewhere",
    ["nordwind", "de"],
    "@anna_bergmann Ja, heute und morgen gilt das für alle Tarife. Am schnellsten geht es in der App unter „Meine Reise“.",
    { replyTo: "fog-bergmann" },
  ),
  says("fog-bergmann-2", ["anna_bergmann", "de"], "@nordwind Hat geklappt, danke euch! 💙", {
    replyTo: "fog-elsewhere",
  }),
];
