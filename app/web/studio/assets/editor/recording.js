// A recording that is heard on a slide instead of a text: a file, or one that is stored already.

import { call, readAll } from "../api.js";
import { adder } from "../parts/adder.js";
import { openDialog } from "../parts/dialog.js";
import { failure } from "../parts/failure.js";
import { recordSound } from "../parts/recorder.js";
import { store } from "../storing.js";
import { html, nothing } from "../vendor/lit-html.js";
import { clock, t } from "../words.js";

/** Of what is recorded here; longer ones are files. */
const LONGEST_SECONDS = 1200;

/** Ask which recording is heard on a slide. */
export async function askForRecording(editor, at) {
  const asked = { stored: null, problem: null, progress: null, added: null };
  const cancelled = new AbortController();
  const recording = await openDialog({
    title: t("editor.record.title", { number: at + 1 }),
    view: (dialog) =>
      view(asked, dialog, {
        bring: (file) => add(asked, dialog, file, cancelled.signal),
        record: () => speak(editor, at, dialog),
      }),
    opened: (dialog) => load(asked, dialog),
    closed: () => cancelled.abort(),
  });
  if (recording) editor.record(at, recording);
  editor.focus(at);
}

async function load(asked, dialog) {
  try {
    asked.stored = await readAll("/recordings");
  } catch (problem) {
    asked.problem = problem;
  }
  dialog.redraw();
}

/** Record what stands on the slide, or whatever somebody says. */
async function speak(editor, at, dialog) {
  const title = t("editor.record.title", { number: at + 1 });
  const recording = await recordSound({
    title,
    text: editor.slides[at].text,
    name: t("new.slide", { number: at + 1 }),
    mostSeconds: LONGEST_SECONDS,
    keep: async (file, signal) => {
      const { body } = await store("recording", file, { signal });
      return { value: body, advice: body.warnings.join(" ") };
    },
    forget: ({ id }) => call("DELETE", `/recordings/${id}`).catch(() => {}), // nobody waits for it
  });
  if (recording) dialog.close(recording);
}

async function add(asked, dialog, file, signal) {
  const progress = (share) => {
    asked.progress = share;
    dialog.redraw();
  };
  asked.added = null;
  progress(0);
  try {
    const { body } = await store("recording", file, { signal, progress });
    dialog.close(body);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    asked.added = { problem, file };
    progress(null);
  }
}

function view(asked, dialog, { bring, record }) {
  const { added } = asked;
  return html`
    <p>${t("editor.record.what")}</p>
    ${adder({
      label: t("editor.record.add"),
      hint: t("editor.record.hint"),
      accept: "audio/*,video/*",
      busy: asked.progress !== null,
      progress: asked.progress,
      problem: added?.problem,
      again: added && (() => bring(added.file)),
      add: bring,
      more: html`<button type="button" class="tool" @click=${record}>${t("editor.record.speak")}</button>`,
    })}
    ${failure(asked.problem, () => load(asked, dialog))}
    ${asked.stored?.length ? html`<h3>${t("editor.record.stored")}</h3>` : nothing}
    <ul class="stored">
      ${(asked.stored || []).map(
        (each) => html`
          <li>
            <span>${each.name}</span> <span class="hint">${clock(each.seconds)}</span>
            <audio controls preload="none" src=${each.sound} aria-label=${each.name}></audio>
            <button
              type="button"
              class="tool"
              aria-label=${t("editor.record.take.name", { name: each.name })}
              @click=${() => dialog.close(each)}
            >
              ${t("editor.record.take")}
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}
