// A picture of somebody, taken with the camera of the machine.

import { failure } from "./failure.js";
import { openDialog } from "./dialog.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

const SECONDS = 3;

const QUALITY = 0.95;

const WANTED = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 1920 }, height: { ideal: 1080 } },
};

/** What browsers call a failure, and the sentence for it where there is one of its own. */
const FAILURES = {
  NotAllowedError: "camera.refused",
  NotFoundError: "camera.none",
  OverconstrainedError: "camera.none",
};

/**
 * Have somebody take a picture.
 *
 * @returns {Promise<File | undefined>} a JPEG; undefined when somebody left it
 */
export function takePicture() {
  const camera = new Camera();
  return openDialog({
    title: t("camera.title"),
    view: () => camera.view(),
    opened: (dialog) => camera.open(dialog),
    closed: () => camera.close(),
  });
}

class Camera {
  #dialog;
  #closed = false;
  #stream = null;
  /** Whether there is something to see. */
  #live = false;
  /** Seconds until the picture is taken; 0 while nobody counts. */
  #left = 0;
  #timer = null;
  /** The picture that was taken, and an address to show it by. */
  #still = null;
  #problem = null;

  open(dialog) {
    this.#dialog = dialog;
    this.#begin();
  }

  close() {
    this.#closed = true;
    this.#end();
  }

  /** Switch the camera on. */
  async #begin() {
    this.#set(() => (this.#problem = null));
    if (!navigator.mediaDevices) return this.#fail("camera.insecure");
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch (error) {
      return this.#fail(FAILURES[error.name] ?? "camera.broken", () => this.#begin());
    }
    if (this.#closed) return switchOff(stream);
    stream.getVideoTracks()[0].addEventListener("ended", () => {
      this.#end();
      this.#fail("camera.broken", () => this.#begin());
    });
    this.#stream = stream;
    this.#video().srcObject = stream; // not by the template, which would begin anew each time
  }

  /** Switch it off, and forget what it saw. */
  #end() {
    clearInterval(this.#timer);
    switchOff(this.#stream);
    if (this.#still) URL.revokeObjectURL(this.#still.address);
    this.#stream = this.#still = null;
    this.#live = false;
    this.#left = 0;
  }

  #video() {
    return this.#dialog.element.querySelector("video");
  }

  #fail(sentence, again) {
    this.#set(() => (this.#problem = { message: t(sentence), again }));
  }

  #set(change) {
    change();
    if (!this.#closed) this.#dialog?.redraw();
  }

  #count() {
    this.#set(() => (this.#left = SECONDS));
    this.#timer = setInterval(() => {
      this.#set(() => this.#left--);
      if (this.#left > 0) return;
      clearInterval(this.#timer);
      this.#take();
    }, 1000);
  }

  #stop() {
    clearInterval(this.#timer);
    this.#set(() => (this.#left = 0));
  }

  /** Keep what is seen now, as others see it: not mirrored. */
  async #take() {
    const video = this.#video();
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (this.#closed || !this.#stream) return;
    if (!blob) return this.#fail("camera.broken", () => this.#begin());
    const file = new File([blob], `${t("camera.file")}.jpg`, { type: blob.type });
    this.#set(() => (this.#still = { file, address: URL.createObjectURL(blob) }));
    this.#focus();
  }

  #again() {
    URL.revokeObjectURL(this.#still.address);
    this.#set(() => (this.#still = null));
    this.#focus();
  }

  /** Other buttons are there now. */
  #focus() {
    this.#dialog.element.querySelector(".primary").focus();
  }

  view() {
    if (this.#problem) return failure(this.#problem, this.#problem.again);
    return html`
      <p class="hint" role="status">${t(this.#hint())}</p>
      <div class="camera">
        <video
          class="camera-seen"
          aria-label=${t("camera.seen")}
          autoplay
          playsinline
          .muted=${true}
          aria-hidden=${this.#still ? "true" : "false"}
          @loadeddata=${() => this.#set(() => (this.#live = true))}
        ></video>
        ${this.#still
          ? html`<img class="camera-still" src=${this.#still.address} alt=${t("camera.still")} />`
          : html`<div class="camera-guide" aria-hidden="true"><span>${t("camera.here")}</span></div>`}
        <p class="camera-count" role="status">${this.#left || nothing}</p>
      </div>
      <div class="row">${this.#still ? this.#afterwards() : this.#before()}</div>
    `;
  }

  #hint() {
    if (this.#still) return "camera.look";
    return this.#live ? "camera.how" : "camera.starting";
  }

  #before() {
    return html`
      <button
        type="button"
        class="primary"
        ?disabled=${!this.#live}
        @click=${() => (this.#left ? this.#stop() : this.#count())}
      >
        ${t(this.#left ? "camera.stop" : "camera.take")}
      </button>
    `;
  }

  #afterwards() {
    return html`
      <button type="button" class="primary" @click=${() => this.#dialog.close(this.#still.file)}>
        ${t("camera.use")}
      </button>
      <button type="button" @click=${() => this.#again()}>${t("camera.again")}</button>
    `;
  }
}

function switchOff(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}
