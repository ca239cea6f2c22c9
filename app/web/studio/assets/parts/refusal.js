// Why a picture is not taken: in words, and whether a part of it may be.

import { LOOKED_AT, longSide } from "./picture.js";
import { t } from "../words.js";

/** From this long side on a face may be there that is too small to be found. */
const LARGE = 1600;

/** A problem with what is said of its reason on this page, where there is something. */
export function inWords(problem) {
  const said = problem?.told?.reason && t(`picture.${problem.told.reason}`);
  return said ? { message: said } : problem;
}

/** Whether a part of a refused picture may be usable. */
export function canBeCropped(problem) {
  const told = problem?.told ?? {};
  switch (told.reason) {
    case "several_faces":
      return true;
    case "too_small":
      return longSide(told) > 0.99 * LOOKED_AT;
    case "no_face":
      return longSide(told) >= LARGE;
    default:
      return false;
  }
}
