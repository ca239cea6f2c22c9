// Cards of what is stored: a face, a voice, a ready recording.

import { at } from "../address.js";
import { failure } from "./failure.js";
import { hovers, portrait } from "./portrait.js";
import { heard, recorded, seen } from "./seen.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

const PICTURE_SIZE = 320;

/**
 * A stored face.
 *
 * @param {object} face
 * @param {{moving: Moving, naming?: Naming, refusal?: object, rename: () => void,
 *   remove: () => void}} on what goes on with it, and what can be done
 */
export function faceCard(face, on) {
  return card(face, on, {
    above: picture(face, on.moving),
    said: html`${seen(face.seen)} ${progress(face)}`,
  });
}

/** A stored voice; `on` as for a face, with `sounds`. */
export function voiceCard(voice, on) {
  const { name, sample, preview } = voice;
  return card(voice, on, {
    said: html`
      ${heard(voice)}
      <div class="row">
        ${player("library.sample", sample, name, on.sounds)}
        ${preview ? player("library.sentence", preview, name, on.sounds) : nothing}
      </div>
      ${unplayed([sample, preview], on.sounds)} ${progress(voice)}
    `,
  });
}

/** A ready recording; `on` as for a voice, but nobody gives it another name. */
export function recordingCard(recording, on) {
  const { name, sound } = recording;
  return card(recording, on, {
    said: html`${recorded(recording)} ${unplayed([sound], on.sounds)}`,
    first: player("library.play", sound, name, on.sounds),
  });
}

function picture(face, moving) {
  const { id, name, preview } = face;
  const moves = moving.id === id;
  const isAsked = moves && moving.asked;
  const ended = () => moving.stop();
  return html`
    <div
      class="moving"
      @pointerenter=${(event) => hovers(event) && moving.meet(id)}
      @pointerleave=${() => moving.leave(id)}
    >
      ${portrait(face, { size: PICTURE_SIZE, moves, ended })}
      ${preview
        ? html`<button
            type="button"
            aria-label=${t(isAsked ? "library.still" : "library.move", { name })}
            @click=${() => moving.toggle(id)}
          >
            ${mark(isAsked)}
          </button>`
        : nothing}
    </div>
  `;
}

/** What all cards have; `first` stands before the other buttons. */
function card({ id, name }, { naming, refusal, rename, remove }, { above, said, first }) {
  return html`
    <li class="item" data-id=${id}>
      ${above ?? nothing}
      ${naming?.open ? naming.view() : html`<h3>${name}</h3>`}
      ${said}
      ${failure(naming?.open ? null : naming?.problem)}
      ${refusal ? refused(refusal) : nothing}
      <div class="row last">
        ${first ?? nothing}
        ${rename && !naming?.open
          ? html`<button type="button" class="rename" @click=${rename}>
              ${t("library.rename")}<span class="unseen"> ${name}</span>
            </button>`
          : nothing}
        <button type="button" class="remove" @click=${remove}>
          ${t("library.remove")}<span class="unseen"> ${name}</span>
        </button>
      </div>
    </li>
  `;
}

/** How far its preview is; nothing where it is there. */
function progress({ preview_state: state }) {
  return state === "ready" ? nothing : html`<p class="hint">${t(`library.preview.${state}`)}</p>`;
}

function player(label, address, name, sounds) {
  const plays = sounds.playing === address;
  return html`
    <button type="button" class="player" @click=${() => sounds.toggle(address)}>
      ${mark(plays)} ${t(plays ? "library.stop" : label)}<span class="unseen"> ${name}</span>
    </button>
  `;
}

/** A triangle, or a square while something plays. */
function mark(plays) {
  return html`<span class="play-mark" data-plays=${plays} aria-hidden="true"></span>`;
}

function unplayed(addresses, { failed }) {
  if (!failed || !addresses.includes(failed)) return nothing;
  return html`
    <p class="failure" role="alert">
      ${t("library.unplayed")} <a download href=${failed}>${t("library.fetch")}</a>
    </p>
  `;
}

/** Why it came back: lectures need it, which are told by links. */
function refused({ problem, lectures }) {
  if (!lectures.length) return failure(problem);
  return html`
    <div class="failure" role="alert">
      <p>${t("library.used")}</p>
      <ul>
        ${lectures.map(
          ({ id, title }) =>
            html`<li>
              <a href=${at(`/studio/lectures/${id}`)}>${title || t("lecture.untitled")}</a>
            </li>`,
        )}
      </ul>
    </div>
  `;
}
