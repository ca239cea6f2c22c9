// A lecture: how far it is, and then the lecture itself.

import { at } from "../address.js";
import { call, newKey, read } from "../api.js";
import { follow } from "../events.js";
import { failure } from "../parts/failure.js";
import { transcript } from "../parts/transcript.js";
import { clock, t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const OPEN = ["queued", "running", "cancelling"];

export class LecturePage extends Page {
  lecture = null;
  problem = null;
  playing = null;
  manifest = null;
  now = 0;
  /** The slide that is being edited: its number, text, and what is wrong with it. */
  edited = null;

  constructor(id) {
    super();
    this.id = id;
  }

  begin() {
    this.load();
  }

  end() {
    this.following?.();
  }

  async load() {
    try {
      const lecture = await read(`/lectures/${this.id}`, { signal: this.cancelled.signal });
      this.show(lecture);
    } catch (problem) {
      if (!this.closed) this.set({ problem });
    }
  }

  show(lecture) {
    this.set({ lecture, problem: null });
    document.title = `${lecture.title || t("lecture.untitled")} – ${t("app.name")}`;
    if (this.playing === null) this.playFirst();
    if (OPEN.includes(lecture.state) && !this.following) this.listen();
    if (lecture.state === "done") this.loadManifest();
  }

  async loadManifest() {
    const path = `/lectures/${this.id}/files/manifest.json`;
    try {
      this.set({ manifest: await read(path, { signal: this.cancelled.signal }) });
    } catch (problem) {
      if (!this.closed) this.set({ problem });
    }
  }

  /** Edit the text of a slide, as it was written. */
  async edit(number) {
    try {
      const { body, headers } = await call("GET", `/lectures/${this.id}/source`);
      const { text } = body.slides[number - 1];
      this.set({ edited: { number, text, was: text, tag: headers.get("ETag"), problem: null } });
      this.place.querySelector(".editor textarea")?.focus();
    } catch (problem) {
      this.set({ problem });
    }
  }

  async save(event) {
    event.preventDefault();
    const { number, text, tag } = this.edited;
    try {
      const { body } = await call("PATCH", `/lectures/${this.id}`, {
        json: { slides: [{ number, text }] },
        headers: { "If-Match": tag },
      });
      this.set({ edited: null, playing: null });
      this.show(body);
    } catch (problem) {
      this.set({ edited: { ...this.edited, problem } });
    }
  }

  listen() {
    this.following = follow(this.id, {
      told: (kind, event) => this.hear(kind, event),
      ended: () => {
        this.following = null;
        this.load();
      },
    });
  }

  /** An event: the bar moves at once, and what is done is marked. */
  hear(kind, event) {
    const lecture = this.lecture;
    if (event.progress !== null) lecture.progress = event.progress;
    lecture.eta_seconds = event.eta_seconds;
    if (!event.stage && OPEN.includes(event.state)) lecture.state = event.state;
    if (event.stage) {
      lecture.state = lecture.state === "queued" ? "running" : lecture.state;
      lecture.stage = { kind: event.stage, number: event.fragment ?? event.slide ?? 0 };
      this.mark(event);
    }
    if (kind === "fragment" && event.stage === "face" && this.playing === null) this.playFirst();
    this.redraw();
  }

  mark({ stage, state, slide, fragment }) {
    for (const each of this.lecture.slides) {
      if (stage === "slide" && each.number === slide) each.state = state;
      const found = each.fragments.find((one) => one.number === fragment);
      if (found) found.steps[stage] = state;
    }
  }

  playFirst() {
    const first = this.lecture.slides.flatMap((each) => each.fragments).find(isDone);
    if (first) this.set({ playing: first.number });
  }

  async act(what) {
    try {
      const { body } = await call("POST", `/lectures/${this.id}/${what}`, { key: newKey() });
      this.show(body);
    } catch (problem) {
      this.set({ problem });
    }
  }

  view() {
    const { lecture } = this;
    return html`
      ${failure(this.problem, () => this.load())}
      ${lecture ? this.whole(lecture) : nothing}
    `;
  }

  whole(lecture) {
    return html`
      <h1>${lecture.title || t("lecture.untitled")}</h1>
      <div class="watch">
        <div class="seen">
          ${lecture.state === "done" ? this.player(lecture) : this.progress(lecture)}
        </div>
        ${lecture.state === "done" ? this.said(lecture) : this.slides(lecture)}
      </div>
    `;
  }

  slides(lecture) {
    return html`
      <section aria-labelledby="slides">
        <h2 id="slides">${t("lecture.slides")}</h2>
        <ol class="slides">
          ${lecture.slides.map((each) => this.slide(each))}
        </ol>
      </section>
    `;
  }

  said(lecture) {
    if (!this.manifest) return nothing;
    return html`
      <section aria-labelledby="said">
        <h2 id="said">${t("lecture.transcript")}</h2>
        ${transcript(this.manifest, {
          now: this.now,
          seek: (seconds) => this.seek(seconds),
          edit: lecture.version ? (number) => this.edit(number) : null,
          editing: this.edited?.number ?? null,
          editor: () => this.editor(),
        })}
      </section>
    `;
  }

  seek(seconds) {
    const video = this.place.querySelector("video");
    video.currentTime = seconds;
    video.play();
  }

  editor() {
    const { number, text, was, problem } = this.edited;
    return html`
      <form class="editor" @submit=${(event) => this.save(event)}>
        <textarea
          rows="4"
          aria-label=${t("new.slide.text", { number })}
          .value=${text}
          @input=${(event) => this.set({ edited: { ...this.edited, text: event.target.value } })}
        ></textarea>
        ${failure(problem)}
        <div class="row">
          <button class="primary" ?disabled=${text === was}>${t("lecture.save")}</button>
          <button type="button" @click=${() => this.set({ edited: null })}>
            ${t("lecture.discard")}
          </button>
        </div>
        <p class="hint">${t("lecture.save.hint")}</p>
      </form>
    `;
  }

  progress(lecture) {
    const percent = Math.round(lecture.progress);
    const stage = lecture.stage && t(`lecture.stage.${lecture.stage.kind}`, lecture.stage);
    const isOpen = OPEN.includes(lecture.state);
    return html`
      <section class="progress" aria-label=${t("lecture.progress")}>
        <progress max="100" value=${percent} aria-label=${t("lecture.progress")}></progress>
        <p role="status">
          <strong>${t(`lecture.${lecture.state}`, { percent })}</strong>
          ${isOpen && stage ? html`<span>${stage}</span>` : nothing}
          ${isOpen && lecture.eta_seconds
            ? html`<span>${t("lecture.left", { time: clock(lecture.eta_seconds) })}</span>`
            : nothing}
        </p>
        ${lecture.error ? html`<p class="failure">${lecture.error.message}</p>` : nothing}
        ${isOpen
          ? html`<button type="button" @click=${() => this.act("cancel")}>${t("lecture.cancel")}</button>`
          : html`<button type="button" @click=${() => this.act("restart")}>${t("lecture.restart")}</button>`}
        ${this.playing === null ? nothing : this.preview()}
      </section>
    `;
  }

  preview() {
    return html`
      <figure class="stage">
        <video
          controls
          autoplay
          playsinline
          src=${this.file(`fragment-${this.playing}.mp4`)}
          aria-label=${t("lecture.fragment.play", { number: this.playing })}
        ></video>
        <figcaption>${t("lecture.first")}</figcaption>
      </figure>
    `;
  }

  player(lecture) {
    return html`
      <figure class="stage">
        <video
          controls
          playsinline
          src=${this.file("lecture.mp4")}
          aria-label=${lecture.title}
          @timeupdate=${(event) => this.set({ now: event.target.currentTime })}
        >
          <track
            default
            kind="captions"
            srclang=${lecture.language}
            label=${t("lecture.captions")}
            src=${this.file("lecture.vtt")}
          />
        </video>
      </figure>
      <p class="downloads">
        <span>${t("lecture.download")}:</span>
        <a download href=${`${this.file("lecture.mp4")}?download=1`}>${t("lecture.download.video")}</a>
        <a download href=${`${this.file("lecture.vtt")}?download=1`}>${t("lecture.download.captions")}</a>
        <a download href=${this.file("archive.zip")}>${t("lecture.download.archive")}</a>
      </p>
    `;
  }

  slide(each) {
    return html`
      <li class="slide" data-state=${each.state}>
        <span>${each.title || t("lecture.slide", { number: each.number })}</span>
        <span class="state" data-state=${each.state}>
          ${each.fragments.length ? t(`state.${each.state}`) : t("lecture.silent")}
        </span>
        <span class="fragments">
          ${each.fragments.map((one) => this.fragment(one))}
        </span>
      </li>
    `;
  }

  fragment(one) {
    const state = stateOf(one);
    const said = t("lecture.fragment", { number: one.number, state: t(`state.${state}`) });
    return html`
      <button
        type="button"
        class="fragment"
        data-state=${state}
        aria-label=${said}
        title=${said}
        ?disabled=${state !== "done"}
        @click=${() => this.set({ playing: one.number })}
      >
        ${one.number}
      </button>
    `;
  }

  file(name) {
    return at(`/v1/lectures/${this.id}/files/${name}`);
  }
}

/** Whether a fragment can be seen. */
function isDone({ steps }) {
  return Object.values(steps).every((state) => state === "done");
}

function stateOf({ steps }) {
  const states = Object.values(steps);
  if (states.every((state) => state === "done")) return "done";
  for (const state of ["failed", "cancelled", "running"]) {
    if (states.includes(state)) return state;
  }
  return states.includes("done") ? "running" : "queued";
}
