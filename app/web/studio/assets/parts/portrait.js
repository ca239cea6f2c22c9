// A face: its picture, and over it how it moves.

import { html, nothing } from "../view.js";

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** Which of several faces moves: one at a time, once from beginning to end. */
export class Moving {
  id = null;
  /** Whether somebody asked for it, and did not only come by. */
  asked = false;
  #changed;

  /** `changed` is told when another face moves, or none. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Somebody points at a face or comes to it with the keyboard. */
  meet(id) {
    if (!stillness.matches && this.id !== id) this.#now(id, false);
  }

  /** They leave it. */
  leave(id) {
    if (this.id === id && !this.asked) this.#now(null, false);
  }

  /** Have it move, or stop it. */
  toggle(id) {
    if (this.id === id && this.asked) this.stop();
    else this.#now(id, true);
  }

  /** It has come to its end. */
  stop() {
    this.#now(null, false);
  }

  #now(id, asked) {
    Object.assign(this, { id, asked });
    this.#changed();
  }
}

/** Whether it is a pointer that can stay over something without touching it. */
export function hovers(event) {
  return event.pointerType === "mouse";
}

/**
 * A stored face.
 *
 * @param {object} face
 * @param {{size: number, moves: boolean, ended: () => void}} asked `size` in pixels; whether it
 *   moves, which it does once it is there
 */
export function portrait({ thumbnail, image, preview }, { size, moves, ended }) {
  return html`
    <span class="portrait">
      <img src=${thumbnail || image} alt="" width=${size} height=${size} loading="lazy" />
      ${moves && preview
        ? html`<video
            autoplay
            playsinline
            disablepictureinpicture
            aria-hidden="true"
            tabindex="-1"
            width=${size}
            height=${size}
            .muted=${true}
            src=${preview}
            @ended=${ended}
            @error=${ended}
          ></video>`
        : nothing}
    </span>
  `;
}
