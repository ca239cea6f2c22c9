// What is removed can be had back for some seconds: only then the service is told.

import { html, nothing, render } from "../vendor/lit-html.js";
import { t } from "../words.js";

const SECONDS = 8;

const waiting = new Set();
let place = null;

/**
 * Remove something later, unless somebody takes it back.
 *
 * @param {{said: string, remove: (leaving: boolean) => Promise<void>, back: (problem?: Error) => void}}
 *   removal `said` tells what is gone; `remove` does it, with `leaving` while the page is being
 *   left (such a request must have `keepalive`); `back` shows it again, with what was wrong where
 *   it could not be removed
 * @returns {() => void} removes it now
 */
export function removeSoon(removal) {
  const one = { ...removal, timer: setTimeout(() => finish(one), 1000 * SECONDS) };
  waiting.add(one);
  draw();
  return () => finish(one);
}

async function finish(one, leaving = false) {
  if (!waiting.delete(one)) return;
  clearTimeout(one.timer);
  draw();
  try {
    await one.remove(leaving);
  } catch (problem) {
    one.back(problem);
  }
}

function takeBack(one) {
  if (!waiting.delete(one)) return;
  clearTimeout(one.timer);
  draw();
  one.back();
}

/** The whole of what is being removed, at once: the page is being left. */
addEventListener("pagehide", () => {
  for (const one of [...waiting]) finish(one, true);
});

function draw() {
  if (!place?.isConnected) {
    place = document.createElement("div");
    place.className = "undo";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const each = (one) => html`
    <p>
      ${one.said}
      <button type="button" @click=${() => takeBack(one)}>${t("undo")}</button>
    </p>
  `;
  render(waiting.size ? [...waiting].map(each) : nothing, place);
}
