import { sourceContract } from "../../../test/contracts/source.ts";
import { openMastodonWorld } from "../../../test/fakes/mastodon-world.ts";

sourceContract(openMastodonWorld, "@nordwind");
