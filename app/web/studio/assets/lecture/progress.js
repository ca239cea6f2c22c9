// How far a lecture is, and what can be done about it.

import { failure } from "../parts/failure.js";
import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";
import { counted, isOfLms, isOpen, stateOf } from "./state.js";

/**
 * The bar, what is being done, and why it failed.
 *
 * @param {{act: (what: string) => void, problem: Error | null}} asked `act` is called with `cancel`
 *   or `restart`; `problem` is what was wrong with that
 */
export function progress(lecture, { act, problem }) {
  const percent = Math.round(lecture.progress);
  const stage = lecture.stage && t(`lecture.stage.${lecture.stage.kind}`, lecture.stage);
  const open = isOpen(lecture);
  const stopped = !open && lecture.state !== "done";
  return html`
    <section class="progress" aria-label=${t("lecture.progress")}>
      <progress max="100" value=${percent} aria-label=${t("lecture.progress")}></progress>
      <p role="status">
        <strong>${t(`lecture.${lecture.state}`, { percent })}</strong>
        ${open && stage ? html`<span>${stage}</span>` : nothing}
        ${open && lecture.eta_seconds
          ? html`<span>${t("lecture.left", { time: clock(lecture.eta_seconds) })}</span>`
          : nothing}
        ${stopped ? html`<span>${t("lecture.kept", counted(lecture))}</span>` : nothing}
      </p>
      ${lecture.error ? whyFailed(lecture.error) : nothing} ${failure(problem)}
      ${open || stopped ? button(lecture, act) : nothing}
    </section>
  `;
}

/** One button for both, which keeps the focus when the one becomes the other. */
function button(lecture, act) {
  const { state } = lecture;
  const open = isOpen(lecture);
  if (!open && isOfLms(lecture)) return html`<p class="hint">${t("lecture.lms.restart")}</p>`;
  const stopping = state === "cancelling";
  return html`
    <button
      type="button"
      aria-disabled=${stopping ? "true" : "false"}
      @click=${() => stopping || act(open ? "cancel" : "restart")}
    >
      ${t(open ? "lecture.cancel" : "lecture.restart")}
    </button>
  `;
}

function whyFailed({ code, message, step }) {
  const [, kind, number] = /^(\w+?)_(\d+)$/.exec(step || "") || [null, step];
  const where = kind && t(`lecture.failed.${kind}`, { number });
  return html`
    <div class="failure">
      ${where ? html`<p>${where}</p>` : nothing}
      <p>${message}</p>
      <p>${t(`lecture.todo.${code}`) || t("lecture.todo.other")}</p>
    </div>
  `;
}

/**
 * The slides with their fragments; what is done of them can be played.
 *
 * @param {{play: (fragment: number) => void, edit: (slide: number) => (() => void) | null,
 *   editing: number | null, editor: () => unknown}} asked `edit` gives what opens the text of a slide
 */
export function slideStates(lecture, asked) {
  return html`
    <section aria-labelledby="slides">
      <h2 id="slides">${t("lecture.slides")}</h2>
      <ol class="slides">
        ${lecture.slides.map((each) => slide(each, asked))}
      </ol>
    </section>
  `;
}

function slide(each, { play, edit, editing, editor }) {
  const { number } = each;
  const open = editing === number ? null : edit(number);
  return html`
    <li class="slide" data-state=${each.state}>
      <span>${each.title || t("lecture.slide", each)}</span>
      <span class="state" data-state=${each.state}>
        ${each.fragments.length ? t(`state.${each.state}`) : t("lecture.silent")}
      </span>
      ${open
        ? html`<button type="button" class="plain" data-edit=${number} @click=${open}>
            ${t("lecture.edit")}<span class="unseen"> ${t("lecture.slide", each)}</span>
          </button>`
        : nothing}
      <span class="fragments">${each.fragments.map((one) => fragment(one, play))}</span>
      ${editing === number ? editor() : nothing}
    </li>
  `;
}

function fragment(one, play) {
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
      @click=${() => play(one.number)}
    >
      ${one.number}
    </button>
  `;
}
