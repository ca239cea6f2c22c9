// What is said, beside the player: it follows, and leads to any place.

import { repeat } from "../vendor/directives/repeat.js";
import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";

/**
 * The slides of a manifest with their fragments, each a button that plays from there.
 *
 * @param {object} manifest
 * @param {{now: number, seek: (seconds: number) => void, edit: ((slide: number) => void) | null,
 *   editing: number | null, editor: () => unknown}} asked `now` in seconds of the lecture
 */
export function transcript(manifest, { now, seek, edit, editing, editor }) {
  const fragments = new Map(manifest.fragments.map((each) => [each.number, each]));
  return html`
    <ol class="transcript">
      ${repeat(
        manifest.slides,
        (slide) => slide.number,
        (slide) => html`
          <li>
            <div class="card-head">
              <h3>${t("lecture.slide", slide)}</h3>
              ${slide.start === null ? nothing : html`<span class="hint">${clock(slide.start)}</span>`}
              ${edit && editing !== slide.number
                ? html`<button type="button" class="plain" @click=${() => edit(slide.number)}>
                    ${t("lecture.edit")}<span class="unseen"> ${t("lecture.slide", slide)}</span>
                  </button>`
                : nothing}
            </div>
            ${editing === slide.number
              ? editor()
              : slide.fragments.map((number) => passage(fragments.get(number), now, seek))}
          </li>
        `,
      )}
    </ol>
  `;
}

function passage({ start, duration, text }, now, seek) {
  const isHeard = now >= start && now < start + duration;
  return html`
    <button
      type="button"
      class="passage"
      aria-current=${isHeard ? "true" : "false"}
      @click=${() => seek(start)}
    >
      ${text}
    </button>
  `;
}
