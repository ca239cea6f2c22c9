// A lecture as it was before a change, in memory for as long as its page is shown.

import { bytesOf, fileOf } from "./files.js";

const MOST_BYTES = 50e6;
const REMADE = "videolecture.remade.";

/** What is kept of it: the clips of slides that are changed and, where there is room, the whole. */
export class Former {
  #room = MOST_BYTES;
  #addresses = [];
  /** Addresses of the clips by slide; null where a clip could not be kept. */
  clips = new Map();
  /** Addresses of the whole: `{video, captions}`. */
  whole = null;

  /** @param {object} manifest of the lecture as it is now */
  constructor(id, manifest) {
    this.id = id;
    this.manifest = manifest;
  }

  /** Take in what there is of a slide that is about to be changed, and the whole once. */
  async keep(number, signal) {
    if (!this.clips.has(number)) {
      const spoken = this.#slide(number)?.video;
      this.clips.set(number, spoken ? await this.#take(`slide-${number}.mp4`, signal) : null);
    }
    if (this.whole) return;
    const video = await this.#take("lecture.mp4", signal);
    if (video) this.whole = { video, captions: await this.#take("lecture.vtt", signal) };
  }

  async #take(name, signal) {
    const bytes = await bytesOf(fileOf(this.id, name), this.#room, signal);
    if (!bytes) return null;
    this.#room -= bytes.size;
    const address = URL.createObjectURL(bytes);
    this.#addresses.push(address);
    return address;
  }

  #slide(number) {
    return this.manifest.slides.find((each) => each.number === number);
  }

  /** Whether anything was said on a slide. */
  wasSpoken(number) {
    return Boolean(this.#slide(number)?.video);
  }

  /** Whether a slide was made anew: one of its fragments is another one. */
  isRemade(number, manifest) {
    return this.clips.has(number) && clipsOf(this.manifest, number) !== clipsOf(manifest, number);
  }

  /** Give the memory back. */
  free() {
    for (const address of this.#addresses) URL.revokeObjectURL(address);
    this.#addresses = [];
  }
}

/** Sums of the clips of a slide's fragments, as one text. */
function clipsOf(manifest, number) {
  const slide = manifest.slides.find((each) => each.number === number);
  const fragments = new Map(manifest.fragments.map((each) => [each.number, each]));
  return (slide?.fragments || []).map((each) => fragments.get(each)?.video_sha256).join();
}

/** What is said on a slide, fragment by fragment. */
export function passagesOf(manifest, number) {
  const slide = manifest.slides.find((each) => each.number === number);
  const texts = new Map(manifest.fragments.map((each) => [each.number, each.text]));
  return (slide?.fragments || []).map((each) => texts.get(each));
}

/** Remember which slides a version of a lecture has anew, for when the page is loaded again. */
export function noteRemade(id, version, slides) {
  try {
    sessionStorage.setItem(REMADE + id, JSON.stringify({ version, slides }));
  } catch {
    // No room: then it is not said afterwards that there is nothing to compare with.
  }
}

/** The slides that were noted for a version. */
export function notedRemade(id, version) {
  try {
    const noted = JSON.parse(sessionStorage.getItem(REMADE + id));
    return noted?.version === version ? noted.slides : [];
  } catch {
    return [];
  }
}

let handed = null;

/** Leave it to the same page in another language; nobody who wants it: it is freed. */
export function handOver(former) {
  handed = former;
  setTimeout(() => {
    if (handed !== former) return;
    handed = null;
    former?.free();
  });
}

/** What the page before has left of a lecture. */
export function takeOver(id) {
  if (handed?.id !== id) return null;
  const former = handed;
  handed = null;
  return former;
}
