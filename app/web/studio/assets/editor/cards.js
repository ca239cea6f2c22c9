// The slides of a text that is being written, a card for each.

import { failure } from "../parts/failure.js";
import { repeat } from "../vendor/directives/repeat.js";
import { html, nothing } from "../vendor/lit-html.js";
import { clock, t } from "../words.js";
import { askForRecording } from "./recording.js";
import { sayings } from "./sayings.js";
import { paragraphsOf, wordsOf } from "./slides.js";

const SECONDS_PER_LETTER = 0.067;

/**
 * The cards.
 *
 * @param {Editor} editor
 * @param {Problem | null} problem of the whole request, which may be about a slide
 */
export function cards(editor, problem) {
  return html`
    <ol class="cards" @dragover=${(event) => over(event, editor)} @drop=${(event) => drop(event, editor)}>
      ${repeat(
        editor.slides,
        ({ key }) => key,
        (slide, at) => card(editor, slide, at, problem),
      )}
    </ol>
    <p class="unseen" role="status">${editor.told}</p>
  `;
}

function card(editor, slide, at, problem) {
  const { dragging } = editor;
  const number = at + 1;
  const wrong =
    problem?.about?.(`/slides/${at}/text`) || problem?.about?.(`/slides/${at}/audio`);
  return html`
    <li
      class="card"
      data-dragged=${dragging?.from === at ? "true" : "false"}
      data-target=${dragging && dragging.to === at && dragging.from !== at ? "true" : "false"}
    >
      <div class="card-head">
        <span
          class="handle"
          draggable="true"
          title=${t("editor.drag")}
          aria-hidden="true"
          @dragstart=${(event) => lift(event, editor, at)}
          @dragend=${() => release(editor)}
          >⠿</span
        >
        <h3>${t("new.slide", { number })}</h3>
        <span class="hint">${slide.recording ? nothing : measure(editor, slide)}</span>
        ${order(editor, at)}
      </div>
      ${slide.recording ? recorded(editor, slide, at) : spoken(editor, slide, at, wrong)}
      ${wrong ? html`<p class="failure" id=${`wrong-${slide.key}`}>${wrong.message}</p>` : nothing}
    </li>
  `;
}

function measure(editor, slide) {
  const reading = editor.readings.of(slide);
  const seconds = reading?.fragments.length
    ? reading.fragments.reduce((sum, each) => sum + each.seconds, 0)
    : slide.text.length * SECONDS_PER_LETTER;
  const time = t("new.seconds", { time: clock(seconds) });
  return `${t("new.words", { count: wordsOf(slide) })}, ${time}`;
}

/** What changes the order of slides. */
function order(editor, at) {
  const last = editor.slides.length - 1;
  if (!last) return nothing;
  const step = (to, sign, said, name) => html`
    <button
      type="button"
      class="tool ${name}"
      aria-label=${t(said, { number: at + 1 })}
      title=${t(said, { number: at + 1 })}
      ?disabled=${to < 0 || to > last}
      @click=${() => editor.move(at, to, `.${name}`)}
    >
      ${sign}
    </button>
  `;
  const remove = t("new.slide.remove", { number: at + 1 });
  return html`
    <span class="order">
      ${step(at - 1, "↑", "editor.up", "up")} ${step(at + 1, "↓", "editor.down", "down")}
      <button
        type="button"
        class="tool"
        aria-label=${remove}
        title=${remove}
        @click=${() => editor.remove(at)}
      >
        ×
      </button>
    </span>
  `;
}

function spoken(editor, slide, at, wrong) {
  const { key, text } = slide;
  const parts = { number: at + 1 };
  const next = editor.slides[at + 1];
  const paragraphs = paragraphsOf(slide).length;
  const reading = editor.readings.of(slide);
  const isHeard = editor.hearing.key === key;
  const said = isHeard ? t("new.hear.stop") : t("new.hear");
  return html`
    <textarea
      rows="4"
      aria-label=${t("new.slide.text", parts)}
      aria-invalid=${wrong ? "true" : "false"}
      aria-describedby=${wrong ? `wrong-${key}` : nothing}
      .value=${text}
      @input=${(event) => editor.write(at, event.target.value)}
      @keydown=${(event) => press(event, editor, at)}
    ></textarea>
    <div class="row">
      <button
        type="button"
        class="tool"
        title=${t("new.hear.hint")}
        aria-label=${isHeard ? nothing : t("new.hear.slide", parts)}
        ?disabled=${!editor.voice() || !text.trim()}
        @click=${() => editor.hear(at)}
      >
        ${said}
      </button>
      <button
        type="button"
        class="tool"
        title=${t("editor.split.hint")}
        aria-label=${t("editor.split.slide", parts)}
        ?disabled=${!text.trim()}
        @click=${() => editor.split(at)}
      >
        ${t("editor.split")}
      </button>
      ${paragraphs > 1
        ? html`<button
            type="button"
            class="tool"
            aria-label=${t("editor.part.slide", { ...parts, count: paragraphs })}
            @click=${() => editor.part(at)}
          >
            ${t("editor.part", { count: paragraphs })}
          </button>`
        : nothing}
      ${next && !next.recording
        ? html`<button
            type="button"
            class="tool"
            aria-label=${t("editor.join.slide", { ...parts, next: at + 2 })}
            @click=${() => editor.join(at)}
          >
            ${t("editor.join")}
          </button>`
        : nothing}
      <button
        type="button"
        class="tool"
        aria-label=${t("editor.record.slide", parts)}
        @click=${() => askForRecording(editor, at)}
      >
        ${t("editor.record")}
      </button>
    </div>
    ${editor.hearing.of === key ? failure(editor.hearing.problem) : nothing}
    ${reading?.problem && !wrong ? html`<p class="hint">${reading.problem.message}</p>` : nothing}
    ${reading ? sayings(editor, slide, at, reading) : nothing}
  `;
}

function recorded(editor, { recording, text }, at) {
  const parts = { number: at + 1 };
  return html`
    <div class="recorded">
      <p>
        ${t("editor.recorded", { name: recording.name, time: clock(recording.seconds) })}
        ${text.trim() ? html`<span class="hint">${t("editor.recorded.kept")}</span>` : nothing}
      </p>
      <audio controls preload="none" src=${recording.sound} aria-label=${recording.name}></audio>
      <div class="row">
        <button
          type="button"
          class="tool"
          aria-label=${t("editor.unrecord.slide", parts)}
          @click=${() => editor.record(at, null)}
        >
          ${t("editor.unrecord")}
        </button>
      </div>
    </div>
  `;
}

function press(event, editor, at) {
  const { key, altKey } = event;
  const controlled = event.ctrlKey || event.metaKey;
  const does = {
    Enter: controlled && (event.shiftKey ? () => editor.split(at) : () => editor.hear(at)),
    ArrowUp: altKey && (() => editor.move(at, at - 1, "textarea")),
    ArrowDown: altKey && (() => editor.move(at, at + 1, "textarea")),
  }[key];
  if (!does) return;
  event.preventDefault();
  does();
}

function lift(event, editor, at) {
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(event.target.closest(".card"), 0, 0);
  editor.dragging = { from: at, to: at };
  editor.redraw();
}

function release(editor) {
  editor.dragging = null;
  editor.redraw();
}

function over(event, editor) {
  if (!editor.dragging) return;
  event.preventDefault();
  const card = event.target.closest(".card");
  const to = card ? [...card.parentElement.querySelectorAll(":scope > .card")].indexOf(card) : -1;
  if (to < 0 || to === editor.dragging.to) return;
  editor.dragging = { ...editor.dragging, to };
  editor.redraw();
}

function drop(event, editor) {
  if (!editor.dragging) return;
  event.preventDefault();
  const { from, to } = editor.dragging;
  editor.dragging = null;
  editor.move(from, to, "textarea");
  editor.redraw();
}
