// A slide before and after a change, side by side.

import { t } from "../words.js";
import { html, nothing } from "../view.js";
import { fileAsMade } from "./files.js";
import { passagesOf } from "./former.js";

const NEARLY = 0.3;

/** Which slide is being compared, and whether both clips are being played. */
export class Compare {
  slide = null;
  playing = false;

  /** @param {object} page the page of the lecture */
  constructor(page) {
    this.page = page;
  }

  /** Show the clips of a slide; a second time: put them away. */
  toggle(number) {
    this.stop();
    this.slide = this.slide === number ? null : number;
    this.page.redraw();
  }

  stop() {
    this.playing = false;
    for (const video of this.#videos()) video.pause();
  }

  /** Play the former clip and then the new one; a second time: stop. */
  async playBoth() {
    if (this.playing) {
      this.stop();
      return this.page.redraw();
    }
    this.page.place.querySelector(".seen video")?.pause();
    const mine = (this.playing = Symbol("playing"));
    this.page.redraw();
    for (const video of this.#videos()) {
      if (this.playing !== mine || !(await playedThrough(video))) break;
    }
    if (this.playing === mine) this.playing = false;
    this.page.redraw();
  }

  #videos() {
    return this.page.place?.querySelectorAll(".compare video") || [];
  }

  /** The button of a slide that was made anew. */
  button(number) {
    return html`
      <button
        type="button"
        class="plain"
        aria-expanded=${this.slide === number ? "true" : "false"}
        @click=${() => this.toggle(number)}
      >
        ${t("lecture.compare")}<span class="unseen"> ${t("lecture.slide", { number })}</span>
      </button>
    `;
  }

  /** Both clips of a slide, where they are wanted. */
  view(number) {
    const { former, manifest, lecture } = this.page;
    if (this.slide !== number || !former) return nothing;
    const clip = former.clips.get(number);
    const now = manifest.slides.find((each) => each.number === number);
    const both = clip && now?.video;
    return html`
      <section class="compare" aria-label=${t("lecture.compare.of", { number })}>
        <div class="pair">
          ${clip
            ? half("before", clip, passagesOf(former.manifest, number))
            : html`<p class="hint">
                ${t(former.wasSpoken(number) ? "lecture.compare.large" : "lecture.compare.silent")}
              </p>`}
          ${now?.video
            ? half("after", fileAsMade(lecture, `slide-${number}.mp4`), passagesOf(manifest, number))
            : html`<p class="hint">${t("lecture.silent")}</p>`}
        </div>
        ${both
          ? html`<button type="button" @click=${() => this.playBoth()}>
                ${t(this.playing ? "lecture.compare.stop" : "lecture.compare.play")}
              </button>
              <p class="hint">${t("lecture.compare.kept")}</p>`
          : nothing}
      </section>
    `;
  }
}

function half(when, address, passages) {
  const said = t(`lecture.compare.${when}`);
  return html`
    <figure>
      <figcaption>${said}</figcaption>
      <video controls playsinline preload="metadata" src=${address} aria-label=${said}></video>
      <blockquote>${passages.join(" ")}</blockquote>
    </figure>
  `;
}

/** Play a clip from its beginning; whether it came to its end, rather than that somebody paused it. */
async function playedThrough(video) {
  video.currentTime = 0;
  const paused = new Promise((done) => video.addEventListener("pause", done, { once: true }));
  try {
    await video.play();
  } catch {
    return false;
  }
  await paused;
  return video.currentTime > video.duration - NEARLY;
}
