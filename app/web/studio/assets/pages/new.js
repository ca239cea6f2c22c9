// A new lecture: a face, a voice and a text are there already, and one button makes it.

import { at, go } from "../address.js";
import { call, newKey, read } from "../api.js";
import { forgetDraft, keepDraft, keptDraft } from "../draft.js";
import { failure } from "../parts/failure.js";
import { clock, language, t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const SECONDS_PER_LETTER = 0.067;
const LOOK_AGAIN = 1000;

export class NewPage extends Page {
  avatars = [];
  voices = [];
  /** What somebody has chosen, or chose in a draft; else the newest is taken. */
  chosen = { avatar: null, voice: null };
  slides = [];
  problem = null;
  sending = false;
  key = newKey();

  begin() {
    const kept = keptDraft();
    this.slides = kept?.slides?.length ? kept.slides : examples();
    this.chosen = { ...this.chosen, ...kept?.chosen };
    this.load();
  }

  end() {
    clearTimeout(this.timer);
  }

  async load() {
    const { signal } = this.cancelled;
    try {
      const [avatars, voices] = await Promise.all([
        read("/avatars?limit=100", { signal }),
        read("/voices?limit=100", { signal }),
      ]);
      this.set({ avatars: avatars.items, voices: voices.items, problem: null });
      // Workers keep the examples when they first start, which may be at this very moment.
      if (!this.avatar || !this.voice) this.timer = setTimeout(() => this.load(), LOOK_AGAIN);
    } catch (problem) {
      if (!this.closed) this.set({ problem });
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
    keepDraft({ slides: this.slides, chosen: this.chosen });
  }

  choose(kind, id) {
    this.change({ chosen: { ...this.chosen, [kind]: id } });
  }

  write(number, text) {
    const slides = this.slides.map((each, at) => (at === number ? { ...each, text } : each));
    this.change({ slides });
  }

  async make(event) {
    event.preventDefault();
    if (this.sending) return;
    this.set({ sending: true, problem: null });
    const slides = this.slides.map(({ text }) => ({ text }));
    const title = titleOf(this.slides);
    const json = { title, slides, avatar: this.avatar, voice: this.voice };
    try {
      const { body } = await call("POST", "/lectures", { json, key: this.key });
      forgetDraft();
      go(`/studio/lectures/${body.id}`);
    } catch (problem) {
      this.set({ problem, sending: false });
    }
  }

  view() {
    const ready = this.avatar && this.voice;
    return html`
      <form class="new" @submit=${(event) => this.make(event)} novalidate>
        <h1>${t("new.title")}</h1>
        ${ready ? nothing : html`<p role="status">${t("new.loading")}</p>`}
        <fieldset class="faces">
          <legend>${t("new.face")}</legend>
          ${this.avatars.map((each) => this.face(each))}
        </fieldset>
        <fieldset class="voices">
          <legend>${t("new.voice")}</legend>
          ${this.voices.map((each) => this.sound(each))}
        </fieldset>
        <section aria-labelledby="text">
          <h2 id="text">${t("new.text")}</h2>
          <ol class="cards">
            ${this.slides.map((each, number) => this.card(each, number))}
          </ol>
          <button type="button" @click=${() => this.change({ slides: [...this.slides, { text: "" }] })}>
            ${t("new.slide.add")}
          </button>
          <p class="hint">${t("new.kept")}</p>
        </section>
        <div class="act">
          ${failure(this.problem)}
          <button class="primary" ?disabled=${!ready || this.sending}>
            ${this.sending ? t("new.making") : t("new.make")}
          </button>
        </div>
      </form>
    `;
  }

  face(each) {
    const picture = each.thumbnail || each.image;
    return html`
      <label class="face">
        <input
          type="radio"
          name="face"
          .checked=${each.id === this.avatar}
          @change=${() => this.choose("avatar", each.id)}
        />
        <img src=${picture} alt="" width="96" height="96" loading="lazy" />
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

  card({ text }, number) {
    const parts = { number: number + 1 };
    const count = text.split(/\s+/).filter(Boolean).length;
    const about = t("new.seconds", { time: clock(text.length * SECONDS_PER_LETTER) });
    const wrong = this.problem?.about?.(`/slides/${number}/text`);
    return html`
      <li class="card">
        <div class="card-head">
          <h3>${t("new.slide", parts)}</h3>
          <span class="hint">${t("new.words", { count })}, ${about}</span>
          ${this.slides.length > 1
            ? html`<button
                type="button"
                class="plain"
                aria-label=${t("new.slide.remove", parts)}
                @click=${() => this.change({ slides: this.slides.filter((_, at) => at !== number) })}
              >
                ×
              </button>`
            : nothing}
        </div>
        <textarea
          rows="4"
          aria-label=${t("new.slide.text", parts)}
          aria-invalid=${wrong ? "true" : "false"}
          .value=${text}
          @input=${(event) => this.write(number, event.target.value)}
        ></textarea>
        ${wrong ? html`<p class="failure">${wrong.detail || wrong.message}</p>` : nothing}
      </li>
    `;
  }
}

function examples() {
  return [{ text: t("example.1") }, { text: t("example.2") }];
}

/** The first words of the text. */
function titleOf(slides) {
  const text = slides.map((each) => each.text.trim()).find(Boolean) || "";
  const first = text.split(/(?<=[.!?])\s/)[0];
  return first.length <= 80 ? first : `${first.slice(0, 79).trimEnd()}…`;
}
