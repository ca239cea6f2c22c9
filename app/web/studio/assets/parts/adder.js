// A file of one's own: chosen, dropped, pasted, or taken with the camera.

import { takePicture } from "./camera.js";
import { cropPicture } from "./crop.js";
import { failure } from "./failure.js";
import { canBeCropped, inWords } from "./refusal.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

/** Statuses after which the same file may be taken: not reached, too many requests, busy. */
const LATER = [0, 429, 503];

/**
 * A place for a file.
 *
 * @param {{kind?: string, label: string, hint: string, accept: string, camera?: boolean, busy: boolean,
 *   problem: Error | null, file?: File, add: (file: File) => void, again?: () => void,
 *   progress?: number, more?: unknown}} asked `camera` offers to take a picture; `file` is what the
 *   problem is about; `add` is called with what somebody brings, `again` to bring the same once more;
 *   `progress` is the share that was sent, and `more` another way to bring something
 */
export function adder(asked) {
  const { kind = "", label, hint, accept, camera, busy, add, progress, more = nothing } = asked;
  const take = (files) => files?.[0] && add(files[0]);
  return html`
    <div
      class="adder"
      data-kind=${kind}
      tabindex="-1"
      aria-busy=${busy ? "true" : "false"}
      @dragover=${(event) => event.preventDefault()}
      @drop=${(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
      @paste=${(event) => take(event.clipboardData.files)}
    >
      <label class="button">
        ${busy ? t("add.busy") : label}
        <input
          class="unseen"
          type="file"
          accept=${accept}
          ?disabled=${busy}
          @change=${(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
      </label>
      <p class="hint">${hint}</p>
      ${more}
      ${busy && progress ? html`<progress max="1" value=${progress} aria-label=${t("add.sending")}></progress>` : nothing}
      ${camera
        ? html`<button type="button" ?disabled=${busy} @click=${(event) => hand(event, takePicture(), add)}>
            ${t("camera.open")}
          </button>`
        : nothing}
      ${refusal(asked)}
    </div>
  `;
}

/** What is wrong with a file; with a way to mend it where there is one. */
function refusal({ problem, file, add, again }) {
  const told = inWords(problem);
  if (file && canBeCropped(problem)) {
    const crop = (event) => hand(event, cropPicture(file, problem.told), add);
    return failure(told, crop, t("crop.open"));
  }
  const isLate = file && LATER.includes(problem?.status);
  return failure(told, isLate ? () => add(file) : again);
}

/** Add what a dialog gives, if anything; its button may be gone by then. */
async function hand(event, chosen, add) {
  const place = event.target.closest(".adder");
  const file = await chosen;
  if (!file) return;
  place.focus();
  add(file);
}
