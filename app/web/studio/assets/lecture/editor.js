// The text of a slide, changed where it is read.

import { call } from "../api.js";
import { Speaker, heardOf } from "../listening.js";
import { failure } from "../parts/failure.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";
import { startOf } from "./places.js";
import { keepUnsaved, unsaved } from "./unsaved.js";

const LONGEST_LEXICON = 20_000;

/** The text of one slide at a time; what was typed into others is kept in the browser. */
export class Editor {
  /** The slide that is open. */
  slide = null;
  text = "";
  /** What the text is at the service, and the ETag of the lecture that has it. */
  was = "";
  tag = null;
  /** How the lecture is spoken. */
  wishes = {};
  /** Whether the service has another text than the one that somebody began with. */
  isOther = false;
  busy = false;
  problem = null;
  hearing = false;
  #speaker = new Speaker();

  /** @param {object} page the page of the lecture: it is shown anew, and sends the change */
  constructor(page) {
    this.page = page;
  }

  end() {
    this.#speaker.silence();
  }

  set(values) {
    Object.assign(this, values);
    this.page.redraw();
  }

  /** Whether something was typed into a slide and not saved. */
  isUnsaved(number) {
    return String(number) in unsaved(this.page.id);
  }

  /**
   * Open the text of a slide.
   *
   * @param {{passages: string[], index: number} | null} at where the cursor goes: to that passage
   * @throws {Problem}
   */
  async open(number, at) {
    const { was, tag, wishes } = await this.#read(number);
    const kept = unsaved(this.page.id)[number];
    this.#silence();
    this.set({
      slide: number,
      text: kept?.text ?? was,
      was,
      tag,
      wishes,
      isOther: kept !== undefined && kept.was !== was,
      busy: false,
      problem: null,
    });
    queueMicrotask(() => this.#focus(at));
  }

  async #read(number) {
    const { signal } = this.page.cancelled;
    const { body, headers } = await call("GET", `/lectures/${this.page.id}/source`, { signal });
    const slide = body.slides[number - 1];
    if (!slide) throw new Error(t("lecture.edit.gone", { number }));
    return { was: slide.text, tag: headers.get("ETag"), wishes: wishesOf(body) };
  }

  get field() {
    return this.page.place.querySelector(".editor textarea");
  }

  #focus(at) {
    const { field } = this;
    if (!field) return;
    field.focus();
    if (!at) return;
    const start = startOf(this.text, at.passages, at.index);
    field.setSelectionRange(start, start);
  }

  write(text) {
    const { slide, was } = this;
    this.set({ text, problem: this.isConflict ? this.problem : null });
    keepUnsaved(this.page.id, slide, text === was ? null : { text, was });
  }

  get isConflict() {
    return this.problem?.status === 412;
  }

  /** Leave it; what was typed stays, and is there when the slide is opened again. */
  leave() {
    const { slide } = this;
    this.#silence();
    this.set({ slide: null });
    queueMicrotask(() => this.page.place.querySelector(`[data-edit="${slide}"]`)?.focus());
  }

  /** Leave it and forget what was typed. */
  discard() {
    keepUnsaved(this.page.id, this.slide, null);
    this.leave();
  }

  async save() {
    const { slide, text, was, tag } = this;
    if (this.busy || text === was) return;
    this.#silence();
    this.set({ busy: true, problem: null });
    try {
      await this.page.change(slide, text, tag);
      keepUnsaved(this.page.id, slide, null);
      this.busy = false;
      if (this.slide === slide) this.leave();
    } catch (problem) {
      if (problem.name !== "AbortError") this.set({ busy: false, problem });
    }
  }

  /** Somebody else has changed the lecture: look what it is now, and keep what was typed. */
  async catchUp() {
    const { slide } = this;
    try {
      const { was, tag, wishes } = await this.#read(slide);
      if (this.slide !== slide) return;
      const isOther = was !== this.was && was !== this.text;
      this.set({ was, tag, wishes, isOther, problem: null });
      keepUnsaved(this.page.id, slide, this.text === was ? null : { text: this.text, was });
      this.page.load();
      this.field?.focus();
    } catch (problem) {
      if (problem.name !== "AbortError") this.set({ problem });
    }
  }

  takeOther() {
    this.write(this.was);
    this.set({ isOther: false });
    this.field?.focus();
  }

  /** Hear the sentence at the cursor, or what is selected; a second time: stop. */
  async hear() {
    if (this.hearing) return this.#silence();
    this.set({ hearing: true, problem: null });
    try {
      const { voice } = this.page.lecture;
      await this.#speaker.say(voice, heardOf(this.field), this.wishes, () => this.#silence());
    } catch (problem) {
      this.set({ hearing: false, problem });
    }
  }

  #silence() {
    this.#speaker.silence();
    this.set({ hearing: false });
  }

  press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save();
    else return;
    event.preventDefault();
  }

  view() {
    const { slide, text, was, busy } = this;
    const send = (event) => {
      event.preventDefault();
      this.save();
    };
    return html`
      <form class="editor" @submit=${send}>
        <textarea
          rows="4"
          aria-label=${t("new.slide.text", { number: slide })}
          aria-describedby="editor-keys"
          ?readonly=${busy}
          .value=${text}
          @input=${(event) => this.write(event.target.value)}
          @keydown=${(event) => this.press(event)}
        ></textarea>
        ${this.isOther ? this.#other() : nothing} ${this.#failed()}
        <div class="row">
          <button class="primary" ?disabled=${text === was}>
            ${t(busy ? "lecture.saving" : "lecture.save")}
          </button>
          ${this.page.lecture.voice ? this.#listen() : nothing}
          <button type="button" @click=${() => this.discard()}>${t("lecture.discard")}</button>
        </div>
        <p class="hint" id="editor-keys">${t("lecture.save.hint")} ${t("lecture.edit.keys")}</p>
      </form>
    `;
  }

  #listen() {
    return html`
      <button
        type="button"
        title=${t("lecture.hear.hint")}
        ?disabled=${!this.text.trim()}
        @click=${() => this.hear()}
      >
        ${t(this.hearing ? "new.hear.stop" : "new.hear")}
      </button>
    `;
  }

  #failed() {
    if (!this.isConflict) return failure(this.problem);
    return html`
      <div class="failure" role="alert">
        <p>${t("lecture.edit.changed")}</p>
        <button type="button" @click=${() => this.catchUp()}>${t("lecture.edit.load")}</button>
      </div>
    `;
  }

  /** What the text is at the service, beside what was typed. */
  #other() {
    return html`
      <div class="other-text" role="status">
        <p>${t("lecture.edit.other")}</p>
        <blockquote>${this.was || t("lecture.silent")}</blockquote>
        <button type="button" @click=${() => this.takeOther()}>${t("lecture.edit.take")}</button>
      </div>
    `;
  }
}

/** How a sentence is to be said so that it sounds as in the lecture. */
function wishesOf({ language, speech_engine: engine, lexicon }) {
  const wishes = {};
  if (language && language !== "auto") wishes.language = language;
  if (engine) wishes.engine = engine;
  if (lexicon && lexicon.length <= LONGEST_LEXICON) wishes.lexicon = lexicon;
  return wishes;
}
