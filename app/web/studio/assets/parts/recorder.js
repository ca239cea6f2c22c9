// Records somebody who reads a text, who listens to it before it is used and may record it again.

import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";
import { hasGaps } from "./gaps.js";
import { Loudness, LOUD, QUIET, SILENT, decibels, loudnessOf } from "./loudness.js";
import { microphones, openMicrophone } from "./microphone.js";
import { wavOf } from "./wav.js";

/** Milliseconds between two looks at the level, for people who want nothing to move. */
const CALM = 250;
/** Decibels by which the level that is shown falls in a second: between words it would jump. */
const FALL = 15;
/** Letters from which on a text may have to be scrolled. */
const LONG = 600;

/** The last recording that was not used, and for what it was made: nobody has to speak twice. */
let left = null;
/** Id of the microphone that somebody chose. */
let chosen = null;

/**
 * Ask somebody to read a text aloud.
 *
 * @param {object} asked
 * @param {string} asked.text what is to be read
 * @param {string} [asked.title] of the dialog
 * @param {string} [asked.how] how it is to be read
 * @param {string} [asked.name] of the file, without an ending
 * @param {number} [asked.leastSeconds] that can be used
 * @param {number} [asked.mostSeconds] after which it ends by itself
 * @param {(file: File, signal: AbortSignal) => Promise<{value: any, advice: string}>} [asked.keep]
 *   stores it while the dialog is open; a problem is told there, and so is an advice
 * @param {(value: any) => void} [asked.forget] is told that something kept is recorded again
 * @returns {Promise<any>} a WAV file, or the value of what was kept; undefined when somebody left it
 */
export async function recordSound(asked) {
  const recorder = new Recorder(asked);
  const value = await openDialog({
    title: asked.title ?? t("record.title"),
    view: () => recorder.view(),
    opened: (dialog) => recorder.open(dialog),
    closed: () => recorder.end(),
  });
  return value ?? recorder.kept?.value;
}

class Recorder {
  /** What was kept, and the advice about it. */
  kept = null;
  /** `asking`, `deaf`, `ready`, `recording`, `recorded`, `sending` or `kept`. */
  #state = "asking";
  #asked;
  #dialog = null;
  #microphone = null;
  #microphones = [];
  #loudness = new Loudness();
  /** What is recorded: samples, rate, file, address, loudness, gaps. */
  #sound = null;
  #problem = null;
  /** Why a recording ended without anybody's doing. */
  #why = "";
  #ended = new AbortController();

  constructor(asked) {
    const name = asked.title ?? t("record.title");
    this.#asked = { how: t("record.how"), name, leastSeconds: 0, mostSeconds: 60, ...asked };
  }

  open(dialog) {
    this.#dialog = dialog;
    const { signal } = this.#ended;
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.#look(), { signal });
    addEventListener("videolecture:page", () => dialog.close(), { signal });
    if (left?.text === this.#asked.text) this.#show(left.sound);
    else this.#listen();
  }

  end() {
    if (this.#state === "recording" && this.#microphone.seconds > 0) {
      this.#keepForLater(this.#microphone.recorded());
    }
    this.#ended.abort();
    this.#release();
    if (this.#sound) URL.revokeObjectURL(this.#sound.address);
  }

  #set(state, more = {}) {
    this.#state = state;
    this.#problem = more.problem ?? null;
    this.#why = more.why ?? "";
    this.#dialog.redraw();
  }

  #release() {
    this.#microphone?.close();
    this.#microphone = null;
  }

  #keepForLater(sound) {
    left = { text: this.#asked.text, sound };
  }

  async #listen() {
    this.#release();
    this.#set("asking");
    try {
      const microphone = await openMicrophone(chosen);
      if (this.#ended.signal.aborted) return microphone.close();
      this.#microphone = microphone;
    } catch (problem) {
      if (!this.#ended.signal.aborted) this.#set("deaf", { problem });
      return;
    }
    this.#microphone.lost = () => this.#lose();
    this.#loudness = new Loudness();
    this.#set("ready");
    this.#watch(this.#microphone);
    this.#look();
    // Whoever has gone nowhere since the dialog was opened most likely wants to record.
    const close = this.#dialog.element.querySelector(".card-head button");
    if ([close, document.body].includes(document.activeElement)) this.#focus(".primary");
  }

  async #look() {
    const found = await microphones().catch(() => []);
    if (this.#ended.signal.aborted) return;
    this.#microphones = found;
    this.#dialog.redraw();
  }

  #choose(device) {
    chosen = device;
    this.#listen();
  }

  /** Show how loud it is, as long as this microphone is open. */
  #watch(microphone) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let [last, shown] = [performance.now(), SILENT];
    const show = (level) => {
      const meter = this.#dialog.element.querySelector("meter");
      if (meter) meter.value = shown = level;
    };
    const look = (now) => {
      if (this.#microphone !== microphone) return show(SILENT);
      requestAnimationFrame(look);
      if (calm.matches && now - last < CALM) return;
      const level = decibels(microphone.peak());
      show(Math.max(level, shown - (FALL * (now - last)) / 1000));
      last = now;
      if (this.#loudness.hear(level, now)) this.#dialog.redraw();
    };
    requestAnimationFrame(look);
  }

  #start() {
    const microphone = this.#microphone;
    let shown = 0;
    microphone.heard = () => {
      if (microphone.seconds >= this.#asked.mostSeconds) return this.#stop("full");
      if (Math.floor(microphone.seconds) === shown) return;
      shown = Math.floor(microphone.seconds);
      this.#dialog.redraw();
    };
    microphone.start();
    this.#set("recording");
  }

  async #stop(why = "") {
    const microphone = this.#microphone;
    if (this.#state !== "recording" || !microphone.heard) return;
    microphone.heard = null; // it is being stopped already
    const { samples, rate } = await microphone.stop();
    if (this.#ended.signal.aborted) return;
    this.#release();
    const most = Math.round(this.#asked.mostSeconds * rate);
    this.#show({ samples: samples.subarray(0, most), rate }, why);
  }

  /** The microphone is gone: what it heard until then is not. */
  #lose() {
    if (this.#state === "recording" && this.#microphone.seconds > 0) return this.#stop("lost");
    this.#release();
    this.#set("deaf", { problem: new Error(t("record.lost")) });
  }

  #show(sound, why) {
    const file = wavOf(sound, this.#asked.name);
    const address = URL.createObjectURL(file);
    const told = { loudness: loudnessOf(sound), gaps: hasGaps(sound) };
    this.#sound = { ...sound, ...told, file, address };
    this.#keepForLater(sound);
    this.#set("recorded", { why });
    this.#focus(".recorder audio");
  }

  #again() {
    if (this.kept) this.#asked.forget?.(this.kept.value);
    URL.revokeObjectURL(this.#sound.address);
    this.#sound = this.kept = left = null;
    this.#listen();
  }

  async #use() {
    const { file } = this.#sound;
    if (!this.#asked.keep) return this.#finish(file);
    if (this.kept) return this.#finish(this.kept.value);
    this.#set("sending");
    try {
      const kept = await this.#asked.keep(file, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      if (!kept.advice) return this.#finish(kept.value);
      this.kept = kept;
      left = null;
      this.#set("kept");
    } catch (problem) {
      if (this.#ended.signal.aborted) return;
      this.#set("recorded", { problem });
    }
    this.#focus(".primary");
  }

  #finish(value) {
    left = null;
    this.#dialog.close(value);
  }

  #focus(where) {
    this.#dialog.element.querySelector(where)?.focus();
  }

  view() {
    const { text, how } = this.#asked;
    return html`
      <div class="recorder">
        <p class="hint">${how}</p>
        <div
          class="to-read"
          role="group"
          aria-label=${t("record.text")}
          tabindex=${text.length > LONG ? "0" : nothing}
          >${text}</div
        >
        ${this.#sound ? this.#heard() : this.#live()}
      </div>
    `;
  }

  /** Before there is a recording, and while it is made. */
  #live() {
    const [state, deaf] = [this.#state, this.#state === "deaf"];
    const recording = state === "recording";
    return html`
      <div class="record-level">
        <meter
          min=${SILENT}
          value=${SILENT}
          low=${QUIET}
          optimum=${(QUIET + LOUD) / 2}
          high=${LOUD}
          max="0"
          aria-label=${t("record.level")}
        ></meter>
        <p role="status">${deaf ? nothing : this.#said()}</p>
      </div>
      ${failure(this.#problem, () => this.#listen())} ${this.#choice()}
      <div class="row">
        <button
          type="button"
          class="primary"
          ?disabled=${!["ready", "recording"].includes(state)}
          @click=${() => (recording ? this.#stop() : this.#start())}
        >
          ${t(recording ? "record.stop" : "record.start")}
        </button>
        <span class="record-time" role="timer">
          ${t("record.time", {
            time: clock(recording ? Math.floor(this.#microphone.seconds) : 0),
            most: clock(this.#asked.mostSeconds),
          })}
        </span>
      </div>
    `;
  }

  #said() {
    return t(this.#state === "asking" ? "record.asking" : `record.now.${this.#loudness.word}`);
  }

  #choice() {
    if (this.#microphones.length < 2) return nothing;
    const used = this.#microphone?.device ?? chosen;
    return html`
      <label class="record-choice">
        <span>${t("record.microphone")}</span>
        <select
          ?disabled=${!["ready", "deaf"].includes(this.#state)}
          @change=${(event) => this.#choose(event.target.value)}
        >
          ${this.#microphones.map(
            ({ deviceId, label }, at) => html`
              <option value=${deviceId} .selected=${deviceId === used}>
                ${label || t("record.microphone.number", { number: at + 1 })}
              </option>
            `,
          )}
        </select>
      </label>
    `;
  }

  /** When there is a recording. */
  #heard() {
    const { address, samples, rate, loudness, gaps } = this.#sound;
    const seconds = samples.length / rate;
    const { leastSeconds, mostSeconds } = this.#asked;
    const short = seconds < leastSeconds;
    const sending = this.#state === "sending";
    const said = sending ? t("record.sending") : t(`record.is.${loudness}`);
    return html`
      <audio controls src=${address} aria-label=${t("record.yours")}></audio>
      <p role="status">
        ${this.#why ? t(`record.ended.${this.#why}`, { most: clock(mostSeconds) }) : nothing}
        ${t("record.length", { time: clock(Math.floor(seconds)) })} ${said}
      </p>
      ${short
        ? html`<p class="failure" id="too-short">${t("record.short", { count: leastSeconds })}</p>`
        : nothing}
      ${gaps ? html`<p class="failure">${t("record.gaps")}</p>` : nothing}
      ${this.kept ? html`<p class="failure" role="alert">${this.kept.advice}</p>` : nothing}
      ${failure(this.#problem)}
      <div class="row">
        <button
          type="button"
          class="primary"
          ?disabled=${short || sending}
          aria-describedby=${short ? "too-short" : nothing}
          @click=${() => this.#use()}
        >
          ${t(this.#problem ? "again" : this.kept ? "record.use.still" : "record.use")}
        </button>
        <button type="button" ?disabled=${sending} @click=${() => this.#again()}>
          ${t("record.again")}
        </button>
      </div>
    `;
  }
}
