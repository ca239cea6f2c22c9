// A question before something that cannot be undone.

import { failure } from "./failure.js";
import { openDialog } from "./dialog.js";
import { t } from "../words.js";
import { html } from "../view.js";

/**
 * Ask, and do it where the answer is yes; what goes wrong is told in the dialog, which stays.
 *
 * @param {{title: string, said: string, go: string, act: () => Promise<void>}} asked `go` says yes
 * @returns {Promise<boolean>} whether it was done
 */
export async function confirmed({ title, said, go, act }) {
  let problem = null;
  let busy = false;
  async function answer(dialog) {
    if (busy) return;
    busy = true;
    try {
      await act();
      dialog.close(true);
    } catch (error) {
      problem = error;
      dialog.redraw();
    } finally {
      busy = false;
    }
  }
  const view = (dialog) => html`
    <p>${said}</p>
    ${failure(problem)}
    <div class="row">
      <button type="button" autofocus @click=${() => dialog.close()}>${t("confirm.keep")}</button>
      <button type="button" class="danger" @click=${() => answer(dialog)}>${go}</button>
    </div>
  `;
  return Boolean(await openDialog({ title, view }));
}
