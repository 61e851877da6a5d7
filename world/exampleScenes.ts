import type { Scene, SceneObject } from "./scene.ts";

/** A hand-made scene with the size at which it is shown. None shows a held-out composition. */
export interface ExampleScene {
  readonly width: number;
  readonly height: number;
  readonly scene: Scene;
}

/** Plain, happy and looking right unless it says otherwise. */
const object = (
  kind: string,
  color: SceneObject["color"],
  x: number,
  y: number,
  scale: number,
  more: Partial<SceneObject> = {},
): SceneObject => ({ kind, color, x, y, scale, finish: "plain", flipped: false, ...more });

/** The pictures in examples/, by file name. */
export const exampleScenes: Readonly<Record<string, ExampleScene>> = {
  boat: {
    width: 768,
    height: 768,
    scene: {
      background: "sea",
      variant: 21,
      objects: [object("bird", "white", 0.76, 0.24, 1, { flipped: true }), object("boat", "blue", 0.4, 0.87, 1.2)],
    },
  },
  "cat-meadow": {
    width: 768,
    height: 768,
    scene: {
      background: "meadow",
      variant: 5,
      objects: [
        object("butterfly", "pink", 0.24, 0.27, 0.85),
        object("tree", "green", 0.74, 0.8, 1.02),
        object("cat", "orange", 0.33, 0.92, 1.15, { mood: "happy" }),
      ],
    },
  },
  "house-park": {
    width: 768,
    height: 576,
    scene: {
      background: "park",
      variant: 9,
      objects: [
        object("hot air balloon", "red", 0.5, 0.24, 0.95),
        object("house", "yellow", 0.24, 0.86, 1.1),
        object("dog", "brown", 0.56, 0.93, 1.05, { flipped: true }),
        object("pine tree", "green", 0.84, 0.82, 1.0),
      ],
    },
  },
  "dinosaur-castle": {
    width: 768,
    height: 768,
    scene: {
      background: "mountains",
      variant: 12,
      objects: [
        object("kite", "orange", 0.24, 0.24, 0.9),
        object("castle", "gray", 0.71, 0.8, 1.1),
        object("dinosaur", "purple", 0.28, 0.93, 1.12, { finish: "dotted" }),
      ],
    },
  },
  "night-robot": {
    width: 576,
    height: 768,
    scene: {
      background: "night city",
      variant: 4,
      objects: [
        object("rocket", "red", 0.3, 0.26, 1.05),
        object("robot", "turquoise", 0.64, 0.9, 1.2, { mood: "happy" }),
        object("ball", "yellow", 0.24, 0.95, 0.9),
      ],
    },
  },
  reef: {
    width: 768,
    height: 576,
    scene: {
      background: "underwater",
      variant: 30,
      objects: [
        object("fish", "orange", 0.24, 0.3, 1.1, { finish: "striped" }),
        object("jellyfish", "pink", 0.56, 0.32, 1.05),
        object("octopus", "purple", 0.8, 0.58, 1.15, { mood: "happy" }),
        object("crab", "red", 0.3, 0.82, 1.0),
      ],
    },
  },
  "winter-penguin": {
    width: 768,
    height: 768,
    scene: {
      background: "snow field",
      variant: 3,
      objects: [
        object("sun", "yellow", 0.2, 0.2, 0.9, { mood: "happy" }),
        object("snowman", "white", 0.76, 0.84, 1.1, { mood: "happy", hat: "blue" }),
        object("penguin", "black", 0.34, 0.92, 1.2),
      ],
    },
  },
  "tea-room": {
    width: 768,
    height: 576,
    scene: {
      background: "room",
      variant: 15,
      objects: [
        object("balloon", "red", 0.12, 0.32, 1.05),
        object("teapot", "turquoise", 0.34, 0.88, 1.1),
        object("cake", "pink", 0.62, 0.84, 1.05),
        object("rabbit", "gray", 0.86, 0.93, 1.15, { mood: "happy" }),
      ],
    },
  },
  beach: {
    width: 768,
    height: 768,
    scene: {
      background: "beach",
      variant: 8,
      objects: [
        object("airplane", "white", 0.68, 0.2, 1.0),
        object("umbrella", "purple", 0.3, 0.86, 1.15, { finish: "striped" }),
        object("crab", "red", 0.74, 0.92, 1.1),
      ],
    },
  },
};
