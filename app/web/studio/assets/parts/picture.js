// Pictures in the browser: opened, shown, and a part of one made into a file.

/** The service looks at so many pixels of a long side: a part of a larger picture shows it more. */
export const LOOKED_AT = 4000;

/** More pixels of a long side are not held. */
const MOST_HELD = 8000;

const QUALITY = 0.95;

/** Light grey behind what is transparent, as the service lays it there. */
const BACKDROP = "#e2e3e5";

/** The picture of a file, upright, and reduced where it is huge; it is for the caller to close. */
export async function decoded(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  if (longSide(picture) <= MOST_HELD) return picture;
  const { width, height } = bounded(picture, MOST_HELD);
  try {
    return await createImageBitmap(picture, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "high",
    });
  } finally {
    picture.close();
  }
}

/**
 * A part of a picture as a file of that name, in JPEG: its pixels as they are, unless there are more
 * than the service looks at.
 */
export async function jpegOf(picture, part, name) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, bounded(part, LOOKED_AT));
  paint(canvas, picture, part);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Error("the browser makes no JPEG of it");
  return new File([blob], `${name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
}

/** Fill a canvas, whatever its size is, with a part of a picture. */
export function paint(canvas, picture, { x, y, width, height }) {
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = BACKDROP;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
}

/** Of a picture or a part. */
export function longSide({ width, height }) {
  return Math.max(width, height);
}

/** A size whose long side is not above a bound. */
export function bounded(size, most) {
  const scale = Math.min(1, most / longSide(size));
  return {
    width: Math.max(1, Math.round(scale * size.width)),
    height: Math.max(1, Math.round(scale * size.height)),
  };
}
