import { says, type Sample } from "../sample.ts";

/** Questions and praise of the kind that a good service desk lives on. */
export const families: readonly Sample[] = [
  says(
    "pushchair",
    ["sofie_lund", "en"],
    "@nordwind can we take the pushchair right to the aircraft door in Bergen, or must it be checked in?",
    { afterMs: 500 },
  ),
  says(
    "captain",
    ["tom_okafor", "en"],
    "My youngest got to sit in the cockpit of a @nordwind 320 today and has not stopped talking since. Captain Solberg, you made a pilot.",
  ),
  says("captain-sofie", ["sofie_lund", "en"], "@tom_okafor aww, ours still talks about it a year later", {
    replyTo: "captain",
  }),
  says(
    "vegan",
    ["yuki_travels", "en"],
    "@nordwind the vegan box on NW330 was actually good?! Who made it, and can I have the recipe?",
  ),
  says(
    "assist",
    ["fatima_z", "fr"],
    "@nordwind Ma mère voyage seule vendredi avec un fauteuil roulant. Comment réserver l'assistance ?",
  ),
  says(
    "seats",
    ["sofie_lund", "en"],
    "@nordwind you have seated my three-year-old in row 4 and me in row 19. Please tell me it's a joke.",
  ),
  says(
    "seats-private",
    ["sofie_lund", "en"],
    "@nordwind it's booking LM2W8D, Lund, three people. Thank you for looking.",
    {
      visibility: "direct",
    },
  ),
  says(
    "praise-es",
    ["carmen_ruiz", "es"],
    "@nordwind Gracias a Ingrid, de la puerta 7, que encontró mi pasaporte y corrió hasta el avión. Un diez.",
  ),
  says(
    "lounge",
    ["greta_h", "en"],
    "@nordwind is the lounge in Trondheim open before five? Coming off a night shift.",
    {
      visibility: "unlisted",
    },
  ),
];
