import { backgroundOf, backgrounds } from "../backgrounds/index.ts";
import type { Effect } from "../effects/Effect.ts";
import { effects } from "../effects/index.ts";
import { heldOutValues, valueKey } from "../holdouts.ts";
import { article, type Templates } from "../language/grammar.ts";
import { sampleScene } from "../sampleScene.ts";
import type { WorldTask } from "./WorldTask.ts";

const outdoors = backgrounds.filter((each) => each.outdoors).map((each) => each.name);

/** It cannot snow where all is snow already, and the sea has no autumn. */
function suits(effect: string, place: string): boolean {
  if (effect === "snow" || effect === "winter") return place !== "snow field";
  if (["autumn", "spring", "sandstorm"].includes(effect)) return backgroundOf(place).habitats.includes("ground");
  return true;
}

/** The effects that make sense at a place. */
export const effectsAt = (place: string): readonly Effect[] =>
  outdoors.includes(place) ? effects.filter((each) => suits(each.name, place)) : [];

/** How each effect is worded: adjectives ("make it …"), times ("what if it was …"), nouns, and commands of its own. */
const words: Readonly<
  Record<string, { like: readonly string[]; when: readonly string[]; noun: readonly string[]; own: readonly string[] }>
> = {
  snow: {
    like: ["snowy", "look snowed in"],
    when: ["snowing", "a snowy day"],
    noun: ["snow", "falling snow", "snowfall"],
    own: [
      "make it snow",
      "let it snow",
      "let snowflakes fall everywhere",
      "change the weather to snow",
      "make thick snow fall",
    ],
  },
  rain: {
    like: ["rainy", "wet and rainy"],
    when: ["raining", "a rainy day"],
    noun: ["rain", "pouring rain"],
    own: ["make it rain", "let it rain", "start the rain", "change the weather to rain", "turn the weather rainy"],
  },
  fog: {
    like: ["foggy", "misty"],
    when: ["foggy", "a misty morning"],
    noun: ["fog", "thick fog", "mist"],
    own: [
      "wrap everything in fog",
      "make the fog roll in",
      "hide the scene in mist",
      "change the weather to fog",
      "let it be foggy",
    ],
  },
  thunderstorm: {
    like: ["stormy", "thundery"],
    when: ["stormy", "a thunderstorm"],
    noun: ["a thunderstorm", "lightning", "a storm with lightning"],
    own: [
      "make lightning strike",
      "let a storm come up",
      "change the weather to a thunderstorm",
      "make the sky stormy with lightning",
      "turn this into a storm",
    ],
  },
  night: {
    like: ["dark, like at night", "nighttime"],
    when: ["night", "nighttime", "the middle of the night"],
    noun: ["a night sky", "a starry night sky"],
    own: [
      "make it night",
      "turn day into night",
      "change the time of day to night",
      "let night fall",
      "make it nighttime with stars",
    ],
  },
  sunset: {
    like: ["look like sunset", "glow like a sunset"],
    when: ["sunset", "evening", "dusk"],
    noun: ["a sunset", "an evening sky"],
    own: [
      "make it sunset",
      "turn it to dusk",
      "change the time of day to sunset",
      "let the sun go down",
      "make it evening with a red sky",
    ],
  },
  "northern lights": {
    like: ["lit by northern lights", "lit by an aurora"],
    when: ["a night with northern lights", "a polar night with an aurora"],
    noun: ["northern lights", "an aurora", "polar lights"],
    own: [
      "add northern lights to the sky",
      "make an aurora light up the sky",
      "light the sky with polar lights",
      "show the aurora borealis above",
      "fill the sky with green aurora",
    ],
  },
  autumn: {
    like: ["autumnal", "look like autumn"],
    when: ["autumn", "fall", "october"],
    noun: ["autumn leaves", "falling leaves", "autumn colors"],
    own: ["make it autumn", "make it fall", "change the season to autumn", "let the leaves fall", "turn it into fall"],
  },
  spring: {
    like: ["springlike", "look like spring"],
    when: ["spring", "springtime", "april"],
    noun: ["spring blossoms", "cherry blossom petals", "spring flowers in the air"],
    own: [
      "make it spring",
      "change the season to spring",
      "let spring come",
      "make pink petals fall everywhere",
      "turn it into springtime",
    ],
  },
  winter: {
    like: ["wintry", "icy and frosty", "look like winter"],
    when: ["winter", "wintertime", "january", "a frosty winter day"],
    noun: ["frost and icicles", "icicles", "ice and frost", "winter cold"],
    own: [
      "make it winter",
      "change the season to winter",
      "turn summer into winter",
      "let winter come",
      "freeze everything over",
      "turn it into wintertime",
    ],
  },
  dawn: {
    like: ["look like early morning", "glow in the first light", "look like the golden hour"],
    when: ["dawn", "sunrise", "early morning", "the golden hour"],
    noun: ["a sunrise", "the golden morning light", "the first light of the day", "golden hour light"],
    own: [
      "make it dawn",
      "let the sun come up on the left",
      "change the time of day to dawn",
      "make it early morning with golden light",
      "light it like the golden hour",
      "turn it to sunrise",
    ],
  },
  "moonlit night": {
    like: ["moonlit", "bathed in moonlight", "lit by a full moon"],
    when: ["a moonlit night", "a night with a full moon", "full moon"],
    noun: ["a big full moon", "moonlight", "a full moon in a night sky"],
    own: [
      "make it a moonlit night",
      "let a full moon shine",
      "bathe the scene in moonlight",
      "change the time of day to a night of full moon",
      "turn the day into a moonlit night",
    ],
  },
  sandstorm: {
    like: ["sandy and stormy", "dusty, like in a sandstorm", "full of blowing sand"],
    when: ["a sandstorm", "a dust storm", "so windy that sand fills the air"],
    noun: ["a sandstorm", "blowing sand", "a dust storm"],
    own: [
      "let a sandstorm blow",
      "change the weather to a sandstorm",
      "fill the air with sand",
      "make a dust storm roll over it",
      "blow sand through the whole scene",
    ],
  },
  rainbow: {
    like: ["look like after the rain, with a rainbow", "bright with a rainbow above"],
    when: ["just after the rain, with a rainbow", "bright with a rainbow in the sky"],
    noun: ["a rainbow", "a big rainbow in the sky", "a rainbow after the rain"],
    own: [
      "make a rainbow appear in the sky",
      "let a rainbow shine over it",
      "span a rainbow across the sky",
      "change the weather to sunshine with a rainbow",
      "light up the sky with a rainbow",
    ],
  },
};

/** What the weather was when it is to clear up again. */
const clearing: Readonly<Record<string, readonly string[]>> = {
  rain: ["stop the rain", "make the rain stop", "make it sunny again", "clear up the weather", "let the rain end"],
  fog: ["clear the fog", "remove the fog", "lift the fog", "blow the mist away", "make it clear again"],
  snow: ["stop the snow", "melt the snow", "make the snow go away", "make it summer again", "let the snow melt"],
  night: [
    "make it day",
    "turn night into day",
    "make it daytime",
    "let the sun rise",
    "change the time of day to noon",
  ],
  winter: [
    "make it summer again",
    "end the winter",
    "thaw the ice",
    "melt all the ice and snow",
    "turn winter into summer",
  ],
  sandstorm: ["stop the sandstorm", "let the dust settle", "clear the sand from the air", "make the air clear again"],
};

export const global: WorldTask = {
  name: "global",
  propose(random, split) {
    const wish = split === "benchmark" ? random.pick(heldOutValues.global ?? []) : undefined;
    const effect = wish
      ? (effects.find((each) => each.name === wish[0]) ?? random.pick(effects))
      : random.pick(effects);
    const places = outdoors.filter((place) => suits(effect.name, place));
    const scene = sampleScene(random, { backgrounds: wish ? [wish[1]] : places });
    const compositions = [valueKey("global", effect.name, scene.background)];
    const clear = clearing[effect.name];
    if (clear && random.chance(0.22)) {
      return {
        source: { ...scene, effect: effect.name },
        target: scene,
        templates: clearTemplates,
        slots: { own: (each) => each.pick(clear) },
        compositions,
      };
    }
    const own = words[effect.name] as (typeof words)[string];
    return {
      source: scene,
      target: { ...scene, effect: effect.name },
      templates,
      slots: {
        like: (each) => each.pick(own.like),
        when: (each) => each.pick(own.when),
        noun: (each) => each.pick(own.noun),
        own: (each) => each.pick(own.own),
        scene: () => article(`${effect.name} scene`),
      },
      compositions,
    };
  },
};

const templates: Templates = {
  train: [
    "<own>",
    "<own>",
    "<own>",
    "make it <like>",
    "make (the scene|the picture|everything) <like>",
    "add <noun>",
    "add <noun> to the (scene|picture|image)",
    "turn (this|it) into <scene>",
    "change (it|this|the picture) to <scene>",
    "make it look like it's <when>",
    "=what if it was <when>",
    "=it should be <when>",
    "=i want <noun>",
    "=i want it to be <when>",
    "=show (it|this|the scene) with <noun>",
    "let there be <noun>",
    "=it's <when> now",
    "=imagine it is <when>",
    "=<scene>",
    "change the whole scene so that it's <when>",
    "=i wish it was <when>",
    "put <noun> over the whole (scene|picture)",
  ],
  heldOut: [
    "=how would this look with <noun>",
    "give the whole picture some <noun>",
    "=pretend that it is <when>",
    "show me the same place when it's <when>",
  ],
};

const clearTemplates: Templates = {
  train: [
    "<own>",
    "<own>",
    "<own>",
    "<own>",
    "<own>",
    "<own> and keep the rest",
    "<own> (in|all over) the picture",
    "<own> in this scene",
    "<own> everywhere",
    "<own> now",
    "<own>, nothing else",
    "<own> in the whole picture",
    "<own> so we can see (better|well)",
    "<own> here",
    "<own> again",
  ],
  heldOut: ["go ahead and <own>", "do me a favor and <own>"],
};
