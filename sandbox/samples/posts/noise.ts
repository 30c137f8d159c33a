import { says, type Sample } from "../sample.ts";

/** What a listener hears and nobody should have to read. */
export const noise: readonly Sample[] = [
  says(
    "ad",
    ["bargain_wings", "en"],
    "🔥🔥 90% OFF ALL FLIGHTS 🔥🔥 @nordwind @yuki_travels click https://bargain-wings.example/win?id=77 #cheap #flights",
    {
      afterMs: 600,
    },
  ),
  says(
    "weather",
    ["oslo_daily", "en"],
    "A strong Nordwind will bring snow to the coast tonight, the weather service says. Drive carefully.",
  ),
  says(
    "coffee",
    ["marek_d", "en"],
    "Is there one good coffee before security at this airport. One. I ask for so little.",
  ),
  says(
    "news",
    ["oslo_daily", "en"],
    "Fog grounds morning flights: Nordwind and others delayed by up to two hours. https://oslodaily.example/fog",
  ),
  says(
    "news-again",
    ["bargain_wings", "en"],
    "RT @oslo_daily: Fog grounds morning flights: Nordwind and others delayed by up to two hours",
  ),
  says(
    "friday",
    ["yuki_travels", "en"],
    "New story: seven days on foot along the Lofoten wall. https://yukitravels.example/lofoten",
  ),
  says("match", ["tom_okafor", "en"], "What a save. WHAT a save. I have woken the whole street."),
  says("ad-again", ["bargain_wings", "en"], "FREE upgrade codes for @nordwind and 40 more airlines!!! DM me NOW"),
  says("birthday", ["anna_bergmann", "en"], "@sofie_lund happy birthday to the small one! 🎂", {
    visibility: "private",
  }),
  says(
    "lost-cat",
    ["oslo_daily", "en"],
    "Cat that boarded the airport express four times this week has been given a staff pass.",
  ),
  says("cat-lucas", ["lucas_w", "en"], "@oslo_daily better treatment than my bike gets", { replyTo: "lost-cat" }),
];
