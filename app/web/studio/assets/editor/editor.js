// The text of a lecture while it is being written.

import { after } from "../after.js";
import { Speaker, heardOf } from "../listening.js";
import { removeSoon } from "../parts/undo.js";
import { language, t } from "../words.js";
import { respellings, yamlOf } from "./lexicon.js";
import { Readings } from "./readings.js";
import * as slidesIn from "./slides.js";
import { bytesOf, save, textOf } from "./textfile.js";

/** What is known of the text, and what can be done with it; `cards.js` shows it. */
export class Editor {
  slides;
  /** How words are said otherwise: `[{written, spoken}]`. */
  lexicon;
  /** How the text is read besides, where it is that of another lecture: its language and lexicon. */
  given;
  /** How the file was written from which the text came. */
  form;
  /** Of which slide, by its key, a sentence is being said or heard, and what was wrong with it. */
  hearing = { key: null };
  /** The slide that is being dragged, and where it would go. */
  dragging = null;
  /** Told of what is heard, while a dialog is open. */
  watcher = null;
  /** What is told to those who do not see the cards. */
  told = "";
  #speaker = new Speaker();
  /** Ends the time in which a change can be taken back. */
  #settle = new Set();

  /**
   * @param {{slides: object[], lexicon?: object[], given?: object, form?: object,
   *   voice: () => string | null, place: () => Element, changed: () => void, redraw: () => void}} asked `changed` is called when
   *   there is something new to be kept
   */
  constructor({ slides, lexicon = [], given = {}, form = {}, voice, place, changed, redraw }) {
    Object.assign(this, { slides, lexicon, given, form, voice, place, changed, redraw });
    this.readings = new Readings({ told: redraw, wishes: () => this.wishes() });
    this.readings.ask(slides);
  }

  close() {
    for (const settle of this.#settle) settle();
    this.readings.close();
    this.#speaker.silence();
  }

  /** What a request says of the words, beside the slides; as they would be said with `lexicon`. */
  wishes(lexicon = this.lexicon) {
    const code = this.given.language ?? this.readings?.language ?? language();
    const yaml = yamlOf(lexicon, code, this.given.lexicon);
    return {
      ...(this.given.language ? { language: this.given.language } : {}),
      ...(yaml ? { lexicon: yaml } : {}),
    };
  }

  /** The slides as a request has them. */
  asked() {
    return this.slides.map(({ text, title, recording }) => ({
      ...(title ? { title } : {}),
      ...(recording ? { audio: recording.id } : { text }),
    }));
  }

  set(slides) {
    this.slides = slides;
    this.readings.ask(slides);
    this.changed();
    this.redraw();
  }

  /** Somebody has typed; `_;` parts the slide at once. */
  write(at, text) {
    if (!text.includes(slidesIn.BETWEEN)) {
      return this.set(slidesIn.replaced(this.slides, at, { text }));
    }
    const parts = slidesIn.slidesOf(text);
    const first = { ...this.slides[at], text: parts[0].text };
    this.set([...this.slides.slice(0, at), first, ...parts.slice(1), ...this.slides.slice(at + 1)]);
    this.focus(at + parts.length - 1);
  }

  split(at) {
    const field = this.field(at);
    const place = field.selectionStart || field.value.length;
    this.set(slidesIn.split(this.slides, at, place));
    this.tell("editor.split.done", { number: at + 1 });
    this.focus(at + 1, 0);
  }

  /** Make a slide of every paragraph. */
  part(at) {
    this.change("editor.part.done", at, slidesIn.parted(this.slides, at));
    this.focus(at);
  }

  join(at) {
    const place = this.slides[at].text.length;
    this.change("editor.join.done", at, slidesIn.joined(this.slides, at));
    this.focus(at, place);
  }

  move(from, to, focus = ".move") {
    if (to < 0 || to >= this.slides.length || to === from) return;
    this.set(slidesIn.moved(this.slides, from, to));
    this.tell("editor.move.done", { number: from + 1, place: to + 1 });
    after(() => this.card(to)?.querySelector(focus)?.focus());
  }

  remove(at) {
    this.change("editor.remove.done", at, slidesIn.without(this.slides, at));
    this.focus(Math.min(at, this.slides.length - 1));
  }

  add() {
    this.set(slidesIn.lengthened(this.slides));
    this.focus(this.slides.length - 1);
  }

  /** Change the slides so that it can be taken back for some seconds. */
  change(said, at, slides) {
    const was = this.slides;
    this.set(slides);
    this.#canGoBackTo(was, t(said, { number: at + 1, next: at + 2 }));
  }

  #canGoBackTo(was, said) {
    const forget = async () => void this.#settle.delete(settle);
    const settle = removeSoon({ said, remove: forget, back: () => (forget(), this.set(was)) });
    this.#settle.add(settle);
  }

  /** Put a recording in the place of a slide's text, which is kept beside it. */
  record(at, recording) {
    this.set(slidesIn.replaced(this.slides, at, { recording }));
  }

  /** Say words otherwise from now on; without `spoken` as they are written. */
  respell(written, spoken) {
    this.lexicon = respellings(this.lexicon, written, spoken);
    this.readings.ask(this.slides);
    this.changed();
    this.redraw();
  }

  /** Take the slides of a file in the place of those that are here. */
  async open(file) {
    const { text, form } = textOf(await file.arrayBuffer(), language());
    const was = this.slides;
    this.form = form;
    this.set(slidesIn.slidesOf(text));
    this.#canGoBackTo(was, t("editor.open.done", { count: this.slides.length }));
  }

  /** Save the text as a file. */
  save(title) {
    const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || t("lecture.untitled");
    save(bytesOf(slidesIn.written(this.slides), this.form), `${name}.txt`);
  }

  /** Hear the sentence at the cursor, or what is selected; a second time: stop. */
  async hear(at) {
    const { key } = this.slides[at];
    const isHeard = this.hearing.key === key;
    this.silence();
    if (!isHeard) await this.say(heardOf(this.field(at)), key);
  }

  /** Have a text said in the chosen voice, with the words as they are to be said. */
  async say(text, key, wishes = this.wishes()) {
    this.tellHearing({ key });
    try {
      await this.#speaker.say(this.voice(), text, wishes, () => this.silence());
    } catch (problem) {
      this.tellHearing({ key: null, problem, of: key });
    }
  }

  silence() {
    this.#speaker.silence();
    this.tellHearing({ key: null });
  }

  tellHearing(hearing) {
    this.hearing = hearing;
    this.watcher?.();
    this.redraw();
  }

  tell(said, parts) {
    this.told = t(said, parts);
    this.redraw();
  }

  card(at) {
    return this.place().querySelectorAll(".card")[at];
  }

  field(at) {
    return this.card(at).querySelector("textarea");
  }

  /** Go to a slide, once it is shown. */
  focus(at, place) {
    after(() => {
      const field = this.card(at)?.querySelector("textarea, .recorded button");
      field?.focus();
      if (place !== undefined) field?.setSelectionRange?.(place, place);
    });
  }
}
