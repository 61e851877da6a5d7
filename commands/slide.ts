import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { SLIDE } from "../src/discord/viewing/compareCard.ts";
import { sendComparison } from "../src/discord/viewing/sendComparison.ts";
import { parseSlide } from "../src/discord/viewing/slidePosition.ts";

/** Moves the line of a comparison's slider. */
export default buttonHandler(SLIDE, async (interaction, { services, texts, key }) =>
  sendComparison(interaction, parseSlide(key), services, texts),
);
