import { readFileSync } from "node:fs";
import { Image } from "@napi-rs/canvas";
import { clearContext } from "../maps/drawMap.ts";
import type { Random } from "../random.ts";
import { pictureOn } from "../render/renderScene.ts";
import type { ForeignPicture } from "./ForeignPicture.ts";

/** The CC0 photographs of examples/ with what is on them. */
const photos: readonly (readonly [string, string])[] = [
  ["photo-cat.jpg", "a cat"],
  ["photo-coffee.jpg", "a cup of coffee"],
  ["photo-rocket.jpg", "a rocket at night"],
];

const images = new Map<string, Image>();

function imageOf(name: string): Image {
  let image = images.get(name);
  if (!image) {
    image = new Image();
    image.src = readFileSync(new URL(`../../examples/${name}`, import.meta.url));
    images.set(name, image);
  }
  return image;
}

/** A random part of a photograph (45 to 100 % of its shorter side), half of the time mirrored. */
export function samplePhoto(random: Random): ForeignPicture {
  const [name, caption] = random.pick(photos);
  const share = random.range(0.45, 1);
  const [across, down] = [random.next(), random.next()];
  const mirrored = random.chance(0.5);
  return {
    caption,
    draw(width, height) {
      const image = imageOf(name);
      const side = (share * Math.min(image.width, image.height)) / Math.min(width, height);
      const [w, h] = [Math.min(image.width, side * width), Math.min(image.height, side * height)];
      const context = clearContext(width, height);
      context.save();
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      if (mirrored) {
        context.translate(width, 0);
        context.scale(-1, 1);
      }
      context.drawImage(image, across * (image.width - w), down * (image.height - h), w, h, 0, 0, width, height);
      context.restore();
      return pictureOn(context, width, height);
    },
  };
}
