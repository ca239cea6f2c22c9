// A lecture: how far it is, and then the lecture itself.

import { at } from "../address.js";
import { call, newKey, read } from "../api.js";
import { follow } from "../events.js";
import { change } from "../lecture/change.js";
import { Compare } from "../lecture/compare.js";
import { Editor } from "../lecture/editor.js";
import { handOver, noteRemade, passagesOf, takeOver } from "../lecture/former.js";
import { keptSpeed } from "../lecture/player.js";
import { Share } from "../lecture/share.js";
import { isDone, isOpen, take } from "../lecture/state.js";
import { Title, titleOf } from "../lecture/title.js";
import { watched } from "../lecture/watched.js";
import { failure } from "../parts/failure.js";
import { Follower } from "../parts/transcript.js";
import { t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const LOOK_AGAIN = 3000;
const NOT_TWICE_WITHIN = 2000;

export class LecturePage extends Page {
  /** What the service told last, and its ETag. */
  lecture = null;
  tag = null;
  /** What is said in the lecture that is shown, and when that generation was begun. */
  manifest = null;
  made = null;
  /** A manifest that waits until somebody has seen enough of the former lecture. */
  waiting = null;
  /** The fragments that is played before the lecture is done, and the one that is heard in it. */
  playing = null;
  heard = null;
  /** Where the player goes on when another video is put into it. */
  resume = null;
  speed = keptSpeed();
  /** Whether a change is on its way. */
  isSaving = false;
  isLost = false;
  isGone = false;
  problem = null;
  /** What was wrong with stopping it or going on. */
  acted = null;

  constructor(id) {
    super();
    this.id = id;
    this.former = takeOver(id);
    this.title = new Title(this);
    this.editor = new Editor(this);
    this.compare = new Compare(this);
    this.share = new Share(this);
    this.follower = new Follower();
  }

  begin() {
    const { signal } = this.cancelled;
    document.addEventListener("visibilitychange", () => this.renew(), { signal });
    addEventListener("focus", () => this.renew(), { signal });
    this.load();
  }

  end() {
    clearTimeout(this.timer);
    this.following?.();
    this.editor.end();
    handOver(this.former);
  }

  /** Somebody looks at the page again: another one may have changed the lecture meanwhile. */
  renew() {
    const isSoon = performance.now() - this.looked < NOT_TWICE_WITHIN;
    if (document.hidden || this.following || !this.lecture || isSoon) return;
    this.load({ quietly: true });
  }

  /** Ask for the lecture; quietly: whatever else is wrong than that it is gone is not said. */
  async load({ quietly = false } = {}) {
    clearTimeout(this.timer);
    this.looked = performance.now();
    const { signal } = this.cancelled;
    try {
      await this.show(await call("GET", `/lectures/${this.id}`, { signal }));
    } catch (problem) {
      if (this.closed) return;
      if (problem.status === 404) this.set({ isGone: true, isLost: false, problem: null });
      else if (this.isLost) this.#lookAgain();
      else if (!quietly) this.set({ problem });
    }
  }

  /** Show an answer that tells the lecture. */
  async show({ body: lecture, headers }) {
    for (let page = 2; page <= lecture.pages; page++) await this.#add(lecture, page);
    if (this.closed) return;
    if (this.lecture?.started !== lecture.started) this.playing = null;
    this.set({ lecture, tag: headers.get("ETag"), isLost: false, isGone: false, problem: null });
    this.#entitle();
    if (isOpen(lecture)) this.listen();
    if (!this.manifest && this.playing === null) this.#playFirst();
    if (lecture.state === "done" && this.made !== lecture.started) await this.#loadManifest();
    else if (this.former && !this.manifest) this.set({ manifest: this.former.manifest });
  }

  /** A long lecture is told in pages; a slide may go on in the next one. */
  async #add(lecture, page) {
    const { signal } = this.cancelled;
    const { slides } = await read(`/lectures/${this.id}?page=${page}`, { signal });
    const last = lecture.slides.at(-1);
    if (slides[0]?.number === last.number) last.fragments.push(...slides.shift().fragments);
    lecture.slides.push(...slides);
  }

  #entitle() {
    const far = isOpen(this.lecture) ? `${Math.round(this.lecture.progress)} % – ` : "";
    document.title = `${far}${titleOf(this.lecture)} – ${t("app.name")}`;
  }

  async #loadManifest() {
    const { signal } = this.cancelled;
    const { started } = this.lecture;
    try {
      const manifest = await read(`/lectures/${this.id}/files/manifest.json`, { signal });
      if (this.former?.whole && this.video && !this.video.paused) {
        this.set({ waiting: { manifest, started } });
      } else this.showNew({ manifest, started });
    } catch (problem) {
      if (!this.closed) this.set({ problem });
    }
  }

  /** Show what was made last, from where it is other. */
  showNew({ manifest, started }) {
    const changed = [...(this.former?.clips.keys() || [])];
    const remade = changed.filter((each) => this.former.isRemade(each, manifest));
    if (remade.length) noteRemade(this.id, this.lecture.version, remade);
    const first = manifest.slides.find((each) => remade.includes(each.number));
    const resume = first?.start ? { at: first.start, plays: false } : null;
    this.set({ manifest, made: started, waiting: null, heard: null, resume });
  }

  get video() {
    return this.place.querySelector(".seen video");
  }

  /** Follow what happens to it. */
  listen() {
    if (this.following) return;
    const leave = () => {
      this.following?.();
      this.following = null;
    };
    this.following = follow(this.id, {
      told: (kind, event) => this.hear(kind, event),
      ended: () => {
        leave();
        this.load();
      },
      lost: () => this.set({ isLost: true }),
      found: () => this.set({ isLost: false }),
      refused: () => {
        leave();
        this.#refused();
      },
    });
  }

  /** The service does not tell what happens: it may have been removed, or be too much at once. */
  #refused() {
    const isAgain = performance.now() - this.refusedAt < 2 * LOOK_AGAIN;
    this.refusedAt = performance.now();
    this.isLost = true;
    if (!isAgain) return this.load();
    this.#lookAgain();
  }

  #lookAgain() {
    this.redraw();
    this.timer = setTimeout(() => this.load(), LOOK_AGAIN);
  }

  /** An event: the bar moves at once, and what is done is marked. */
  hear(kind, event) {
    take(this.lecture, event);
    this.#entitle();
    const isClip = kind === "fragment" && event.stage === "face";
    if (isClip && !this.manifest && this.playing === null) this.#playFirst();
    this.redraw();
  }

  #playFirst() {
    const first = this.lecture.slides.flatMap((each) => each.fragments).find(isDone);
    if (first) this.set({ playing: first.number });
  }

  /** Stop it, or go on with it. */
  async act(what) {
    const { lecture } = this;
    const { state } = lecture;
    if (what === "cancel") lecture.state = "cancelling"; // it is, as soon as the service is told
    this.set({ acted: null });
    try {
      await this.show(await call("POST", `/lectures/${this.id}/${what}`, { key: newKey() }));
    } catch (problem) {
      if (lecture.state === "cancelling") lecture.state = state;
      if (!this.closed) this.set({ acted: problem });
    }
  }

  /** Open the text of a slide, at one of its passages. */
  async edit(number, index) {
    if (this.waiting) this.showNew(this.waiting);
    const place = index === undefined ? null : { passages: passagesOf(this.manifest, number), index };
    try {
      await this.editor.open(number, place);
    } catch (problem) {
      if (!this.closed) this.set({ problem });
    }
  }

  /** Have a slide say something else; see `change`. */
  change(number, text, tag) {
    return change(this, { number, text, tag });
  }

  /** It has another title; a text that is being edited goes on with the lecture as it is now. */
  renamed(answer, before) {
    if (this.editor.tag === before) this.editor.tag = answer.headers.get("ETag");
    this.set({
      lecture: { ...this.lecture, title: answer.body.title, version: answer.body.version },
      tag: answer.headers.get("ETag"),
    });
    this.#entitle();
  }

  /** The player has another video. */
  loaded(video) {
    if (!this.resume) return;
    const { at: seconds, plays } = this.resume;
    this.resume = null;
    video.currentTime = seconds;
    if (plays) video.play().catch(() => {});
  }

  /** The player is at another moment. */
  moved({ currentTime: now }) {
    const found = this.manifest?.fragments.find(
      ({ start, duration }) => now >= start && now < start + duration,
    );
    const heard = found?.number ?? null;
    if (heard === this.heard) return;
    this.set({ heard });
    queueMicrotask(() => this.follower.follow(this.place.querySelector(".transcript")));
  }

  seek(seconds) {
    const { video } = this;
    video.currentTime = seconds;
    video.play().catch(() => {});
  }

  /** Whether the lecture that is shown is the one that was made last. */
  get isCurrent() {
    const { manifest, made, lecture } = this;
    return lecture.state === "done" && (!manifest || made === lecture.started);
  }

  view() {
    const { lecture, isGone } = this;
    return html`
      <div role="status">${this.isLost ? html`<p class="notice">${t("lecture.lost")}</p>` : nothing}</div>
      ${isGone ? this.#gone() : failure(this.problem, () => this.load())}
      ${lecture ? html`${this.title.view()} ${watched(this)}` : nothing}
    `;
  }

  #gone() {
    return html`
      ${this.lecture ? nothing : html`<h1>${t("lecture.gone.title")}</h1>`}
      <div class="failure" role="alert">
        <p>${t("lecture.gone")}</p>
        <a href=${at("/studio/lectures")}>${t("lecture.gone.list")}</a>
      </div>
    `;
  }
}
