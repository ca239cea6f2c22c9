// A lecture in the list.

import { at } from "../address.js";
import { isOfLms, isOpen } from "../lecture/state.js";
import { titleOf } from "../lecture/title.js";
import { failure } from "../parts/failure.js";
import { clock, moment, t } from "../words.js";
import { html, nothing } from "../view.js";

/**
 * A lecture, and what can be done with it.
 *
 * @param {{problem: Error | null, busy: boolean, duplicate: () => void, remove: () => void}} asked
 */
export function row(lecture, asked) {
  const { id, state, created, speech_seconds: seconds } = lecture;
  const percent = Math.round(lecture.progress);
  return html`
    <li class="lecture" data-id=${id} data-state=${state}>
      <a href=${at(`/studio/lectures/${id}`)}>${titleOf(lecture)}</a>
      <p class="about">
        <span class="state" data-state=${state}>${t(`lectures.state.${state}`, { percent })}</span>
        ${seconds ? html`<span>${t("lectures.length", { time: clock(seconds) })}</span>` : nothing}
        <time datetime=${created}>${moment(created)}</time>
      </p>
      ${isOpen(lecture)
        ? html`<progress
            max="100"
            value=${percent}
            aria-label=${t("lectures.progress", { title: titleOf(lecture) })}
          ></progress>`
        : nothing}
      ${isOfLms(lecture) ? nothing : actions(lecture, asked)} ${failure(asked.problem)}
    </li>
  `;
}

function actions(lecture, { busy, duplicate, remove }) {
  const title = titleOf(lecture);
  return html`
    <div class="row">
      <button
        type="button"
        aria-label=${t("lectures.duplicate.one", { title })}
        aria-busy=${busy ? "true" : "false"}
        @click=${duplicate}
      >
        ${t("lectures.duplicate")}
      </button>
      <button type="button" aria-label=${t("lectures.remove.one", { title })} @click=${remove}>
        ${t("lectures.remove")}
      </button>
    </div>
  `;
}
