// What is said, beside the player: it follows, and leads to any place.

import { repeat } from "../vendor/directives/repeat.js";
import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";

const QUIET = 5000;

/**
 * The slides of a manifest with their fragments, each a button that plays from there.
 *
 * @param {object} manifest
 * @param {{heard: number | null, seek: ((seconds: number) => void) | null, title: (slide: number) =>
 *   string, edit: (slide: number) => ((index?: number) => void) | null, editing: number | null,
 *   editor: () => unknown, marks: (slide: number) => unknown, below: (slide: number) => unknown,
 *   follower: Follower}} asked `heard` is the fragment that is heard now; `edit` gives what opens the
 *   text of a slide at one of its passages; `marks` and `below` are more about a slide
 */
export function transcript(manifest, asked) {
  const fragments = new Map(manifest.fragments.map((each) => [each.number, each]));
  const { follower } = asked;
  return html`
    <ol
      class="transcript"
      @wheel=${follower.leave}
      @touchmove=${follower.leave}
      @pointerdown=${follower.leave}
      @keydown=${follower.leave}
    >
      ${repeat(
        manifest.slides,
        (slide) => slide.number,
        (slide) => html`<li>${one(slide, fragments, asked)}</li>`,
      )}
    </ol>
  `;
}

function one(slide, fragments, asked) {
  const { number } = slide;
  const isEdited = asked.editing === number;
  const edit = asked.edit(number);
  return html`
    <div class="card-head">
      <h3>${asked.title(number)}</h3>
      ${slide.start === null ? nothing : html`<span class="hint">${clock(slide.start)}</span>`}
      ${asked.marks(number)}
      ${edit && !isEdited
        ? html`<button type="button" class="plain" data-edit=${number} @click=${() => edit()}>
            ${t("lecture.edit")}<span class="unseen"> ${t("lecture.slide", slide)}</span>
          </button>`
        : nothing}
    </div>
    ${isEdited
      ? asked.editor()
      : slide.fragments.map((each, index) => passage(fragments.get(each), index, edit, asked))}
    ${asked.below(number)}
  `;
}

function passage({ number, start, text }, index, edit, { heard, seek }) {
  if (!seek) return html`<p class="passage">${text}</p>`;
  const press = (event) => {
    if (event.key !== "Enter" || !edit) return;
    event.preventDefault();
    edit(index);
  };
  return html`
    <button
      type="button"
      class="passage"
      aria-current=${number === heard ? "true" : "false"}
      @click=${() => seek(start)}
      @keydown=${press}
    >
      ${text}
    </button>
  `;
}

/**
 * Keeps what is heard in view: within the box of the transcript alone, and not while somebody moves
 * it or works in it with the keyboard.
 */
export class Follower {
  #left = -Infinity;

  leave = () => {
    this.#left = performance.now();
  };

  /** Look whether what is heard is in view. */
  follow(box) {
    if (!box || box.scrollHeight <= box.clientHeight) return;
    if (performance.now() - this.#left < QUIET || box.querySelector(":focus-visible")) return;
    const passage = box.querySelector('.passage[aria-current="true"]');
    if (!passage) return;
    const [inner, outer] = [passage.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = box.scrollTop + inner.top - outer.top - outer.height / 4;
    box.scrollTo({ top, behavior: isCalm ? "auto" : "smooth" });
  }
}
