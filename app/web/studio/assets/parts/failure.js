// What went wrong, where it happened, and what to do.

import { t } from "../words.js";
import { html, nothing } from "../view.js";

/** A problem in words; with a button where trying again, or something else, may help. */
export function failure(problem, again, does = t("again")) {
  if (!problem) return nothing;
  return html`
    <div class="failure" role="alert">
      <p>${problem.message}</p>
      ${again
        ? html`<button type="button" @click=${again}>${does}</button>`
        : nothing}
    </div>
  `;
}
