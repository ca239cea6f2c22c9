// The player of a lecture, with its speed and its chapters.

import { repeat } from "../vendor/directives/repeat.js";
import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";
import { fileAsMade, fileOf } from "./files.js";

const KEPT = "videolecture.speed";
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

/** How fast somebody likes to hear lectures: 1 is as they were spoken. */
export function keptSpeed() {
  const kept = Number(localStorage.getItem(KEPT));
  return SPEEDS.includes(kept) ? kept : 1;
}

/**
 * The player.
 *
 * @param {{key: string, video: string, captions: string, speed: number, note?: unknown,
 *   moved: (video: HTMLVideoElement) => void, loaded: (video: HTMLVideoElement) => void}} shown
 *   where `key` is another one the video is loaded anew; `moved` is told while it plays
 */
export function player(lecture, { key, video, captions, speed, note, moved, loaded }) {
  return html`
    <figure class="stage">
      ${repeat(
        [key],
        (each) => each,
        () => html`
          <video
            controls
            playsinline
            src=${video}
            aria-label=${lecture.title || t("lecture.untitled")}
            .defaultPlaybackRate=${speed}
            .playbackRate=${speed}
            @timeupdate=${(event) => moved(event.target)}
            @loadedmetadata=${(event) => loaded(event.target)}
          >
            ${captions
              ? html`<track
                  default
                  kind="captions"
                  srclang=${lecture.language}
                  label=${t("lecture.captions")}
                  src=${captions}
                />`
              : nothing}
          </video>
        `,
      )}
      ${note ? html`<figcaption>${note}</figcaption>` : nothing}
    </figure>
  `;
}

/** A fragment that is done while others are still made. */
export function preview(lecture, number) {
  return html`
    <figure class="stage">
      <video
        controls
        autoplay
        playsinline
        src=${fileAsMade(lecture, `fragment-${number}.mp4`)}
        aria-label=${t("lecture.fragment.play", { number })}
      ></video>
      <figcaption>${t("lecture.first")}</figcaption>
    </figure>
  `;
}

/** A choice of speeds; what is chosen counts for all lectures. */
export function speedChoice(speed, choose) {
  const change = (event) => {
    localStorage.setItem(KEPT, event.target.value);
    choose(Number(event.target.value));
  };
  return html`
    <label class="speed">
      <span>${t("lecture.speed")}</span>
      <select @change=${change}>
        ${SPEEDS.map(
          (each) => html`
            <option value=${each} .selected=${each === speed}>
              ${t("lecture.speed.times", { times: spoken(each) })}
            </option>
          `,
        )}
      </select>
    </label>
  `;
}

function spoken(speed) {
  return new Intl.NumberFormat(document.documentElement.lang).format(speed);
}

/**
 * The slides as chapters, each a button that plays from there; nothing where there is only one.
 *
 * @param {{title: (number: number) => string, now: number | null, seek: (seconds: number) => void}}
 *   asked `now` is the slide that is shown
 */
export function chapters(manifest, { title, now, seek }) {
  const begun = manifest.slides.filter((each) => each.start !== null);
  if (begun.length < 2) return nothing;
  return html`
    <nav class="chapters" aria-labelledby="chapters">
      <p class="hint" id="chapters">${t("lecture.chapters")}</p>
      <ol>
        ${begun.map(
          ({ number, start }) => html`
            <li>
              <button
                type="button"
                class="plain"
                aria-current=${number === now ? "true" : "false"}
                @click=${() => seek(start)}
              >
                <span>${title(number)}</span> <span class="hint">${clock(start)}</span>
              </button>
            </li>
          `,
        )}
      </ol>
    </nav>
  `;
}

/** What can be fetched of a finished lecture. */
export function downloads(id) {
  return html`
    <p class="downloads">
      <span>${t("lecture.download")}:</span>
      <a download href=${`${fileOf(id, "lecture.mp4")}?download=1`}>${t("lecture.download.video")}</a>
      <a download href=${`${fileOf(id, "lecture.vtt")}?download=1`}>
        ${t("lecture.download.captions")}
      </a>
      <a download href=${fileOf(id, "archive.zip")}>${t("lecture.download.archive")}</a>
    </p>
  `;
}
