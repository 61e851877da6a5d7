import { backgrounds } from "../backgrounds/index.ts";
import { foreignEdits } from "../foreign/foreignEdit.ts";
import { heldOutValues, valueKey } from "../holdouts.ts";
import { article } from "../language/grammar.ts";
import type { Random } from "../random.ts";
import { sampleScene } from "../sampleScene.ts";
import { styles } from "../styles/index.ts";
import type { Style } from "../styles/Style.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

export const style: WorldTask = {
  name: "style",
  propose(random, split) {
    const wish = split === "benchmark" ? random.pick(heldOutValues.style ?? []) : undefined;
    const chosen = wish ? (styles.find((each) => each.name === wish[0]) ?? random.pick(styles)) : random.pick(styles);
    const source = sampleScene(random, { backgrounds: wish ? [wish[1]] : backgrounds.map((each) => each.name) });
    return {
      source,
      target: source,
      ...styling(chosen),
      compositions: [valueKey("style", chosen.name, source.background)],
    };
  },
  besides: foreignEdits((random) => styling(random.pick(styles))),
};

/** How any picture is drawn in a style, in words and in pixels. */
function styling(style: Style) {
  return {
    post: style.apply,
    templates,
    slots: { noun: (each: Random) => each.pick(style.nouns), style: style.name, astyle: article(style.name) },
    targetCaption: (caption: string) => `${style.caption} ${caption}`,
  } satisfies Partial<Edit>;
}

const templates = {
  train: [
    "turn (this|it|the picture) into <noun>",
    "make (this|it) <noun>",
    "make (this|it) look like <noun>",
    "make the (picture|image|scene) look like <noun>",
    "change the style to <style>",
    "change the (art style|style) to <noun>",
    "redraw (this|it) as <noun>",
    "draw (this|it) as <noun>",
    "convert (this|it|the picture) (to|into) <noun>",
    "render (this|it) (as|in the style of) <noun>",
    "in the style of <noun>",
    "transform (this|the image) into <noun>",
    "=<style> style",
    "=as <noun>",
    "=i want (this|it) as <noun>",
    "=what would this look like as <noun>",
    "=it should look like <noun>",
    "apply <astyle> (style|effect|filter)",
    "give (it|this) <astyle> (look|style)",
    "restyle (this|it) as <noun>",
    "=could this be <noun>",
    "=<style>",
    "use <astyle> style",
  ],
  heldOut: [
    "reimagine (this|it) as <noun>",
    "=do this like <noun>",
    "recreate the picture as <noun>",
    "=this would be lovely as <noun>",
  ],
};
