// A part of a picture, where the whole cannot be used: chosen over it, and made in the browser.

import { failure } from "./failure.js";
import { openDialog } from "./dialog.js";
import { around, moved, pulled, resized, whole } from "./part.js";
import { bounded, decoded, jpegOf, longSide, paint } from "./picture.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

/** What is shown to choose from need not be larger. */
const MOST_SHOWN = 1600;
const MOST_PREVIEWED = 480;

/** What the picture takes of the height of the window, in percent. */
const SHARE_OF_HEIGHT = 50;

const CORNERS = ["nw", "ne", "sw", "se"];

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Have somebody choose a part of a picture.
 *
 * @param {{width: number, height: number, faces: number[][]}} told what the service saw in it
 * @returns {Promise<File | undefined>} that part as a JPEG; undefined when somebody left it
 */
export function cropPicture(file, told) {
  const crop = new Crop(file, told);
  return openDialog({
    title: t("crop.title"),
    view: () => crop.view(),
    opened: (dialog) => crop.open(dialog),
    closed: () => crop.close(),
  });
}

class Crop {
  #file;
  #told;
  #dialog;
  #closed = false;
  /** The whole picture, upright. */
  #picture = null;
  /** Boxes in its pixels. */
  #faces = [];
  /** What is chosen: `{x, y, width, height}`, in its pixels. */
  #part = null;
  /** The face about which that is, by its place in the list. */
  #about = null;
  #dragged = null;
  #problem = null;
  #busy = false;

  constructor(file, told) {
    this.#file = file;
    this.#told = told;
  }

  async open(dialog) {
    this.#dialog = dialog;
    let picture = null;
    try {
      picture = await decoded(this.#file);
    } catch {
      this.#problem = { message: t("crop.unreadable") };
    }
    if (this.#closed) return picture?.close();
    this.#picture = picture;
    if (picture) this.#begin();
    this.#redraw();
    if (picture) this.#showWhole();
    this.#dialog.element.querySelector(".crop button, .crop-frame")?.focus();
  }

  close() {
    this.#closed = true;
    this.#picture?.close();
  }

  #begin() {
    const scale = this.#picture.width / this.#told.width;
    this.#faces = this.#told.faces.map((box) => box.map((each) => scale * each));
    const widths = this.#faces.map(([, , width]) => width);
    if (widths.length) this.#choose(widths.indexOf(Math.max(...widths)));
    else this.#part = middle(this.#picture);
  }

  #choose(number) {
    this.#part = around(this.#faces, number, this.#picture);
    this.#about = number;
  }

  #change(part) {
    this.#part = part;
    this.#about = null;
    this.#redraw();
  }

  /** Show what is known now, with the frame in its place. */
  #redraw() {
    this.#dialog.redraw();
    if (!this.#picture) return;
    this.#place(".crop-frame", this.#part);
    this.#faces.forEach(([x, y, width, height], number) =>
      this.#place(`[data-face="${number}"]`, { x, y, width, height }),
    );
    const preview = this.#canvas("preview");
    Object.assign(preview, bounded(this.#part, MOST_PREVIEWED));
    paint(preview, this.#picture, this.#part);
  }

  #showWhole() {
    const { width, height } = this.#picture;
    const { style } = this.#dialog.element.querySelector(".crop-stage");
    style.aspectRatio = `${width} / ${height}`;
    style.width = `min(100%, ${(SHARE_OF_HEIGHT * width) / height}dvh)`;
    paint(this.#canvas("picture"), this.#picture, { x: 0, y: 0, width, height });
  }

  #place(selector, { x, y, width, height }) {
    const { style } = this.#dialog.element.querySelector(selector);
    style.left = `${(100 * x) / this.#picture.width}%`;
    style.top = `${(100 * y) / this.#picture.height}%`;
    style.width = `${(100 * width) / this.#picture.width}%`;
    style.height = `${(100 * height) / this.#picture.height}%`;
  }

  #canvas(name) {
    return this.#dialog.element.querySelector(`.crop-${name}`);
  }

  #press(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const step = Math.max(1, Math.round(longSide(this.#picture) / 50));
    const change = event.shiftKey ? resized : moved;
    this.#change(change(this.#part, step * arrow[0], step * arrow[1], this.#picture));
  }

  /** Where the pointer is, in pixels of the picture. */
  #at(event) {
    const { left, top, width } = this.#canvas("picture").getBoundingClientRect();
    const scale = this.#picture.width / width;
    return { x: scale * (event.clientX - left), y: scale * (event.clientY - top) };
  }

  #grasp(event) {
    if (event.button !== 0) return;
    const { corner } = event.target.dataset;
    this.#dragged = { from: this.#at(event), part: this.#part, corner };
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  #drag(event) {
    if (!this.#dragged) return;
    const { from, part, corner } = this.#dragged;
    const to = this.#at(event);
    const [right, down] = [to.x - from.x, to.y - from.y];
    if (corner) this.#change(pulled(part, corner, right, down, this.#picture));
    else this.#change(moved(part, right, down, this.#picture));
  }

  #release() {
    this.#dragged = null;
  }

  async #use() {
    this.#busy = true;
    this.#problem = null;
    this.#redraw();
    try {
      this.#dialog.close(await jpegOf(this.#picture, whole(this.#part), this.#file.name));
    } catch {
      this.#busy = false;
      this.#problem = { message: t("crop.failed") };
      this.#redraw();
    }
  }

  view() {
    if (!this.#picture) {
      return this.#problem
        ? failure(this.#problem)
        : html`<p role="status">${t("crop.opening")}</p>`;
    }
    const shown = bounded(this.#picture, MOST_SHOWN);
    const size = t("crop.size", whole(this.#part));
    return html`
      <div class="crop">
        ${this.#faces.length > 1 ? this.#choice() : nothing}
        <p class="hint" id="crop-how">${t("crop.how")}</p>
        <div class="crop-both">
          <div class="crop-stage">
            <canvas
              class="crop-picture"
              role="img"
              aria-label=${t("crop.whole")}
              width=${shown.width}
              height=${shown.height}
            ></canvas>
            ${this.#faces.map((_, number) => this.#outline(number))} ${this.#frame()}
          </div>
          <div class="crop-result">
            <p id="crop-preview">${t("crop.preview")}</p>
            <canvas class="crop-preview" role="img" aria-labelledby="crop-preview"></canvas>
            <p class="hint">${size}</p>
          </div>
        </div>
        ${failure(this.#problem)}
        <button
          type="button"
          class="primary"
          ?disabled=${this.#busy}
          @click=${() => this.#use()}
        >
          ${t("crop.use")}
        </button>
      </div>
    `;
  }

  #choice() {
    return html`
      <div class="row" role="group" aria-label=${t("crop.faces")}>
        ${this.#faces.map(
          (_, number) => html`
            <button
              type="button"
              aria-pressed=${number === this.#about ? "true" : "false"}
              @click=${() => this.#pick(number)}
            >
              ${t("crop.face", { number: number + 1 })}
            </button>
          `,
        )}
      </div>
    `;
  }

  #pick(number) {
    this.#choose(number);
    this.#redraw();
  }

  /** Where a face is; for the mouse it is a button as well. */
  #outline(number) {
    return html`
      <div
        class="crop-face"
        data-face=${number}
        aria-hidden="true"
        @click=${() => this.#pick(number)}
      >
        <span>${t("crop.face", { number: number + 1 })}</span>
      </div>
    `;
  }

  #frame() {
    const { x, width } = this.#part;
    const room = this.#picture.width - width;
    return html`
      <div
        class="crop-frame"
        role="slider"
        tabindex="0"
        aria-label=${t("crop.part")}
        aria-describedby="crop-how"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${room > 0 ? Math.round((100 * x) / room) : 0}
        aria-valuetext=${t("crop.value", whole(this.#part))}
        @keydown=${(event) => this.#press(event)}
        @pointerdown=${(event) => this.#grasp(event)}
        @pointermove=${(event) => this.#drag(event)}
        @pointerup=${() => this.#release()}
        @pointercancel=${() => this.#release()}
      >
        ${CORNERS.map((corner) => html`<span class="crop-corner" data-corner=${corner}></span>`)}
      </div>
    `;
  }
}

/** Where nothing is known of faces: the middle. */
function middle({ width, height }) {
  return { x: 0.25 * width, y: 0.25 * height, width: 0.5 * width, height: 0.5 * height };
}
