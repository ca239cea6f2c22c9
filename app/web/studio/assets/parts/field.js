// A field of a form, with what is wrong with it right below.

import { html, nothing } from "../view.js";

/**
 * @param {{id: string, label: string, hint?: string, wrong?: string,
 *   control: (about: {id: string, invalid: string, told: unknown}) => unknown}} asked `control`
 *   makes the field itself, of that id; `told` names what describes it
 */
export function field({ id, label, hint, wrong, control }) {
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${control({ id, invalid: wrong ? "true" : "false", told: told || nothing })}
      ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}
      ${wrong ? html`<p class="failure" role="alert" id=${`${id}-wrong`}>${wrong}</p>` : nothing}
    </div>
  `;
}
