import { menuHandler } from "../src/discord/framework/Handler.ts";
import { COMPARE_WITH } from "../src/discord/viewing/compareCard.ts";
import { sendComparison } from "../src/discord/viewing/sendComparison.ts";

/** "Compare with …" in a comparison: another result of the tree, or the picture that it began with, stands left. */
export default menuHandler(COMPARE_WITH, async (interaction, { services, texts, key }) =>
  sendComparison(interaction, { turnId: key, other: interaction.values[0] }, services, texts),
);
