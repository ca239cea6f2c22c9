// Rectangles within a picture, `{x, y, width, height}` in its pixels: about a face, moved, resized.

/** Of a face's larger side: hair above the brows, shoulders below the chin, and room beside. */
const ABOVE = 0.8;
const BELOW = 0.9;
const BESIDE = 0.85;

/** A part is not smaller, where the picture is as large. */
const LEAST = 64;

/** Nor is it less than this share of the long side: a smaller frame can hardly be grasped. */
const LEAST_SHARE = 1 / 40;

/**
 * Head and shoulders of one of several faces, without the others.
 *
 * @param {number[][]} faces boxes: x, y, width, height
 */
export function around(faces, number, picture) {
  const [x, y, width, height] = faces[number];
  const unit = Math.max(width, height);
  const sides = {
    left: x - BESIDE * unit,
    top: y - ABOVE * unit,
    right: x + width + BESIDE * unit,
    bottom: y + height + BELOW * unit,
  };
  faces.forEach((other, at) => at !== number && leaveOut(sides, faces[number], other));
  const left = Math.max(0, sides.left);
  const top = Math.max(0, sides.top);
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, sides.right) - left,
    height: Math.min(picture.height, sides.bottom) - top,
  };
}

/** Draw in the side on which another face is, up to that face. */
function leaveOut(sides, [x, y, width, height], [left, top, wide, high]) {
  const gaps = {
    left: x - (left + wide),
    right: left - (x + width),
    top: y - (top + high),
    bottom: top - (y + height),
  };
  const [side, gap] = Object.entries(gaps).reduce((one, other) => (other[1] > one[1] ? other : one));
  if (gap < 0) return; // one lies over the other
  if (side === "left") sides.left = Math.max(sides.left, x - gap);
  if (side === "right") sides.right = Math.min(sides.right, x + width + gap);
  if (side === "top") sides.top = Math.max(sides.top, y - gap);
  if (side === "bottom") sides.bottom = Math.min(sides.bottom, y + height + gap);
}

/** A part elsewhere, as far as the picture goes. */
export function moved({ x, y, width, height }, right, down, picture) {
  return {
    x: between(0, x + right, picture.width - width),
    y: between(0, y + down, picture.height - height),
    width,
    height,
  };
}

/** A wider or higher part; at a border it grows to the other side. */
export function resized({ x, y, width, height }, wider, higher, picture) {
  const wide = between(least(picture, picture.width), width + wider, picture.width);
  const high = between(least(picture, picture.height), height + higher, picture.height);
  return moved({ x, y, width: wide, height: high }, 0, 0, picture);
}

/**
 * A part of which a corner is dragged; the opposite one stays where it is.
 *
 * @param {string} corner of the compass: `nw`, `ne`, `sw` or `se`
 */
export function pulled({ x, y, width, height }, corner, right, down, picture) {
  const across = corner.includes("w") ? [x + width, x + right] : [x, x + width + right];
  const along = corner.includes("n") ? [y + height, y + down] : [y, y + height + down];
  const [left, wide] = stretch(...across, least(picture, picture.width), picture.width);
  const [top, high] = stretch(...along, least(picture, picture.height), picture.height);
  return { x: left, y: top, width: wide, height: high };
}

/** The part in whole pixels: they are taken as they are. */
export function whole({ x, y, width, height }) {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** Where a stretch begins and how long it is, not shorter than allowed and within a length. */
function stretch(fixed, to, shortest, length) {
  const end = between(0, to, length);
  const long = Math.max(shortest, Math.abs(end - fixed));
  const start = end < fixed ? fixed - long : fixed;
  return [between(0, start, length - long), long];
}

function least({ width, height }, side) {
  return Math.min(side, Math.max(LEAST, LEAST_SHARE * Math.max(width, height)));
}

function between(low, value, high) {
  return Math.max(low, Math.min(value, high));
}
