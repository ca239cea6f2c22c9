// What of a slide is said otherwise than it is written, and how to have it said in another way.

import { openDialog } from "../parts/dialog.js";
import { failure } from "../parts/failure.js";
import { html, nothing } from "../vendor/lit-html.js";
import { t } from "../words.js";
import { respellings } from "./lexicon.js";

const SHOWN = 8;

const opened = new Set();

/** The words of a slide that are said otherwise, each a button that leads to its saying. */
export function sayings(editor, slide, at, { fragments }) {
  const all = fragments.flatMap((each) => each.said_otherwise);
  if (!all.length) return html`<div class="sayings">${ask(editor, slide, at)}</div>`;
  const isOpen = opened.has(slide.key);
  const open = () => {
    opened.add(slide.key);
    editor.redraw();
  };
  return html`
    <div class="sayings">
      <span class="hint">${t("editor.said")}</span>
      ${all.slice(0, isOpen ? undefined : SHOWN).map((each) => saying(editor, at, each))}
      ${isOpen || all.length <= SHOWN
        ? nothing
        : html`<button type="button" class="tool" @click=${open}>
            ${t("editor.said.more", { count: all.length - SHOWN })}
          </button>`}
      ${ask(editor, slide, at)}
    </div>
  `;
}

function saying(editor, at, { written, spoken }) {
  const said = spoken || t("editor.said.nothing");
  return html`
    <button
      type="button"
      class="saying"
      title=${t("editor.said.change")}
      @click=${() => change(editor, at, written, said)}
    >
      <b>${written}</b> <span aria-hidden="true">→</span>
      <span class="unseen">${t("editor.said.as")}</span> ${said}
    </button>
  `;
}

/** For any other word: what is selected, or what is typed. */
function ask(editor, slide, at) {
  if (!slide.text.trim()) return nothing;
  return html`
    <button
      type="button"
      class="tool"
      aria-label=${t("editor.respell.slide", { number: at + 1 })}
      @click=${() => change(editor, at, selectedIn(editor.field(at)), "")}
    >
      ${t("editor.respell")}
    </button>
  `;
}

function selectedIn({ value, selectionStart, selectionEnd }) {
  return value.slice(selectionStart, selectionEnd).trim().slice(0, 100);
}

/** Ask how words are to be said; it can be heard at once. */
function change(editor, at, written, said) {
  const known = editor.lexicon.find((each) => each.written.toLowerCase() === written.toLowerCase());
  const asked = { written, spoken: known?.spoken ?? "" };
  const hear = () => {
    const lexicon = respellings(editor.lexicon, asked.written, asked.spoken);
    return editor.say(asked.written, "dialog", editor.wishes(lexicon));
  };
  openDialog({
    title: t("editor.respell"),
    view: (dialog) => form(editor, asked, { said, known, hear, dialog }),
    opened: (dialog) => {
      dialog.element.querySelector(written ? "[name=spoken]" : "[name=written]").focus();
      editor.watcher = () => dialog.redraw();
    },
    closed: () => {
      editor.watcher = null;
      editor.silence();
    },
  });
}

function form(editor, asked, { said, known, hear, dialog }) {
  const isHeard = editor.hearing.key === "dialog";
  const send = (event) => {
    event.preventDefault();
    editor.respell(asked.written.trim(), asked.spoken.trim());
    dialog.close();
  };
  const forget = () => {
    editor.respell(asked.written, "");
    dialog.close();
  };
  const field = (name, label, hint) => html`
    <label>
      ${label}
      <input
        name=${name}
        required
        maxlength="100"
        autocomplete="off"
        .value=${asked[name]}
        @input=${(event) => {
          asked[name] = event.target.value;
          dialog.redraw();
        }}
      />
      ${hint ? html`<span class="hint">${hint}</span>` : nothing}
    </label>
  `;
  return html`
    <form class="fields" @submit=${send}>
      ${field("written", t("editor.respell.written"))}
      ${field("spoken", t("editor.respell.spoken"), said && t("editor.respell.now", { said }))}
      ${editor.hearing.of === "dialog" ? failure(editor.hearing.problem) : nothing}
      <p class="hint">${t("editor.respell.hint")}</p>
      <div class="row">
        <button class="primary">${t("editor.respell.keep")}</button>
        <button
          type="button"
          ?disabled=${!editor.voice() || !asked.written.trim()}
          @click=${() => (isHeard ? editor.silence() : hear())}
        >
          ${isHeard ? t("new.hear.stop") : t("new.hear")}
        </button>
        ${known
          ? html`<button type="button" @click=${forget}>${t("editor.respell.forget")}</button>`
          : nothing}
      </div>
    </form>
  `;
}
