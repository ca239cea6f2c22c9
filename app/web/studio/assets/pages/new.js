// A new lecture: a face, a voice and a text are there already, and one button makes it.

import { Adding } from "../adding.js";
import { go } from "../address.js";
import { call, newKey, read, readAll } from "../api.js";
import { forgetDraft, keepDraft, openDraft } from "../draft.js";
import { cards } from "../editor/cards.js";
import { Editor } from "../editor/editor.js";
import { Forecast } from "../editor/forecast.js";
import { options, wishesOf } from "../editor/options.js";
import { slideOf, titleOf } from "../editor/slides.js";
import { drafts } from "../parts/drafts.js";
import { failure } from "../parts/failure.js";
import { Moving, hovers, portrait } from "../parts/portrait.js";
import { language, t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const PICTURE_SIZE = 96;
const LOOK_AGAIN = 1000;

export class NewPage extends Page {
  avatars = [];
  voices = [];
  /** Whether it is known what is stored; until then what stands below would move away. */
  isLoaded = false;
  /** What somebody has chosen, or chose in a draft; else the newest is taken. */
  chosen = { avatar: null, voice: null };
  title = "";
  /** How the lecture is to look, where somebody has said so. */
  options = {};
  /** How it is to be made besides, where it is to be like another lecture. */
  wishes = {};
  /** The text; null until the draft is there. */
  editor = null;
  /** Why it is not known what is stored. */
  lost = null;
  problem = null;
  adding = { avatar: this.adder("avatar", "avatars"), voice: this.adder("voice", "voices") };
  moving = new Moving(() => this.redraw());
  sending = false;
  forecast = new Forecast(() => this.redraw());
  key = newKey();

  async begin() {
    this.load();
    this.show(await openDraft());
  }

  /** Show a draft, or the example where there is none. */
  show(kept) {
    if (this.closed) return;
    this.editor?.close();
    const slides = kept?.slides?.map((each) => slideOf(each.text, each)) ?? examples();
    this.editor = new Editor({
      slides: slides.length ? slides : examples(),
      lexicon: kept?.lexicon,
      form: kept?.form,
      given: kept?.wishes,
      voice: () => this.voice,
      place: () => this.place,
      changed: () => this.change({}),
      redraw: () => this.redraw(),
    });
    const { title = "", chosen = {}, options = {}, wishes = {} } = kept ?? {};
    this.set({ title, chosen, options, wishes, problem: null });
    this.forecast.ask(() => this.words());
  }

  end() {
    clearTimeout(this.timer);
    this.editor?.close();
    this.forecast.close();
  }

  /** The words of the lecture, as a request has them. */
  words() {
    const { editor, options, wishes } = this;
    return { ...wishes, slides: editor.asked(), ...editor.wishes(), ...wishesOf(options) };
  }

  async load() {
    const { signal } = this.cancelled;
    try {
      const [avatars, voices] = await Promise.all([
        readAll("/avatars", { signal }),
        readAll("/voices", { signal }),
      ]);
      this.set({ avatars, voices, isLoaded: true, lost: null });
      // Workers keep the examples when they first start, which may be at this very moment.
      if (!this.avatar || !this.voice) this.timer = setTimeout(() => this.load(), LOOK_AGAIN);
    } catch (problem) {
      if (!this.closed) this.set({ isLoaded: true, lost: problem });
    }
  }

  get avatar() {
    const known = this.avatars.find((each) => each.id === this.chosen.avatar);
    return (known || this.avatars[0])?.id ?? null;
  }

  get voice() {
    const known = this.voices.find((each) => each.id === this.chosen.voice);
    const spoken = this.voices.find((each) => !each.language || each.language === language());
    return (known || spoken || this.voices[0])?.id ?? null;
  }

  change(values) {
    this.key = newKey();
    this.set({ ...values, problem: null });
    const { slides, lexicon, form } = this.editor;
    const { title, chosen, options, wishes } = this;
    this.forecast.ask(() => this.words());
    keepDraft(this.titled, { title, slides, lexicon, form, chosen, options, wishes });
  }

  choose(kind, id) {
    this.change({ chosen: { ...this.chosen, [kind]: id } });
  }

  /** For a face or a voice of one's own, which is chosen as soon as it is stored. */
  adder(kind, list) {
    return new Adding(kind, {
      added: (stored) => {
        this.set({ [list]: [stored, ...this[list]] });
        this.choose(kind, stored.id);
      },
      changed: () => this.redraw(),
    });
  }

  /** Somebody comes to a face, which moves as soon as workers have made how. */
  async meet(face) {
    this.moving.meet(face.id);
    if (face.preview_state !== "running") return;
    const now = await read(`/avatars/${face.id}`).catch(() => face);
    this.set({ avatars: this.avatars.map((each) => (each.id === now.id ? now : each)) });
  }

  async make(event) {
    event.preventDefault();
    if (this.sending) return;
    this.set({ sending: true, problem: null });
    const json = { title: this.titled, avatar: this.avatar, ...this.words() };
    if (this.voice) json.voice = this.voice;
    try {
      const { body } = await call("POST", "/lectures", { json, key: this.key });
      forgetDraft();
      go(`/studio/lectures/${body.id}`);
    } catch (problem) {
      this.set({ problem, sending: false });
    }
  }

  view() {
    return html`
      <form class="new" @submit=${(event) => this.make(event)} novalidate>
        <h1>${t("new.title")}</h1>
        ${this.editor && this.isLoaded ? this.parts() : nothing}
      </form>
    `;
  }

  parts() {
    const isSpoken = this.editor.slides.some((each) => !each.recording);
    const ready = this.avatar && (this.voice || !isSpoken);
    return html`
      ${failure(this.lost, () => this.load())}
      <fieldset class="faces">
        <legend>${t("new.face")}</legend>
        ${this.avatar || this.lost ? nothing : html`<p class="waiting">${t("new.loading")}</p>`}
        ${this.avatars.map((each) => this.face(each))} ${this.adding.avatar.view()}
      </fieldset>
      <fieldset class="voices">
        <legend>${t("new.voice")}</legend>
        ${this.voice || this.lost ? nothing : html`<p class="waiting">${t("new.loading")}</p>`}
        ${this.voices.map((each) => this.sound(each))} ${this.adding.voice.view()}
      </fieldset>
      ${this.text()} ${options(this.options, (options) => this.change({ options }))}
      <div class="act">
        ${failure(this.problem)}
        <button class="primary" ?disabled=${!ready || this.sending}>
          ${this.sending ? t("new.making") : t("new.make")}
        </button>
        ${this.forecast.view()}
      </div>
    `;
  }

  text() {
    const { editor } = this;
    const open = (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (file) editor.open(file);
    };
    return html`
      <section aria-labelledby="text">
        <div class="card-head">
          <h2 id="text">${t("new.text")}</h2>
          <span class="order">
            ${drafts((kept) => this.show(kept))}
            <label class="tool button">
              ${t("editor.open")}
              <input class="unseen" type="file" accept=".txt,.md,text/*" @change=${open} />
            </label>
            <button type="button" class="tool" @click=${() => editor.save(this.titled)}>
              ${t("editor.save")}
            </button>
          </span>
        </div>
        <label class="title">
          ${t("new.name")}
          <input
            maxlength="200"
            placeholder=${titleOf(editor.slides)}
            .value=${this.title}
            @input=${(event) => this.change({ title: event.target.value })}
            @keydown=${(event) => event.key === "Enter" && event.preventDefault()}
          />
        </label>
        ${cards(editor, this.problem)}
        <button type="button" @click=${() => editor.add()}>${t("new.slide.add")}</button>
        <p class="hint">${t("new.kept")} ${t("editor.keys")}</p>
      </section>
    `;
  }

  get titled() {
    return this.title.trim() || titleOf(this.editor.slides);
  }

  face(each) {
    const { moving } = this;
    const isChosen = each.id === this.avatar;
    return html`
      <label
        class="face"
        @pointerenter=${(event) => hovers(event) && this.meet(each)}
        @pointerleave=${() => moving.leave(each.id)}
      >
        <input
          type="radio"
          name="face"
          .checked=${isChosen}
          @change=${() => this.choose("avatar", each.id)}
          @focus=${() => this.meet(each)}
          @blur=${() => moving.leave(each.id)}
        />
        ${portrait(each, {
          size: PICTURE_SIZE,
          moves: isChosen && moving.id === each.id,
          ended: () => moving.stop(),
        })}
        <span>${each.name}</span>
      </label>
    `;
  }

  sound(each) {
    return html`
      <div class="voice">
        <label>
          <input
            type="radio"
            name="voice"
            .checked=${each.id === this.voice}
            @change=${() => this.choose("voice", each.id)}
          />
          <span>${each.name}</span>
        </label>
        <audio controls preload="none" src=${each.sample} aria-label=${`${t("new.listen")}: ${each.name}`}></audio>
      </div>
    `;
  }
}

function examples() {
  return [slideOf(t("example.1"), { tail: "\n" }), slideOf(t("example.2"), { lead: "\n" })];
}
