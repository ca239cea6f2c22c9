// All lectures, newest first: looked for, followed, made once more and removed.

import { at } from "../address.js";
import { read } from "../api.js";
import { duplicate } from "../lectures/duplicate.js";
import { Following } from "../lectures/following.js";
import { CHANGED, isRemoved, problemOf, removeLecture } from "../lectures/removal.js";
import { row } from "../lectures/row.js";
import { titleOf } from "../lecture/title.js";
import { failure } from "../parts/failure.js";
import { usage } from "../parts/usage.js";
import { repeat } from "../vendor/directives/repeat.js";
import { t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const STATES = ["queued", "running", "done", "failed", "cancelled"];
const AT_A_TIME = 20;
const MOST_AT_ONCE = 100;
const PAUSE = 300;
const NOT_TWICE_WITHIN = 2000;

export class LecturesPage extends Page {
  /** Null until the service has told them. */
  lectures = null;
  /** Where the list goes on; null where it does not. */
  cursor = null;
  /** What is asked for: a part of titles, and a state or none. */
  q = "";
  state = "";
  problem = null;
  /** What is stored, as `GET /v1/usage` tells it. */
  used = null;
  loadingMore = false;
  /** Which lecture is being read to be made once more, and what was wrong with that. */
  copied = { id: null, problem: null };

  begin() {
    const asked = new URLSearchParams(location.search);
    const state = asked.get("state");
    this.set({ q: asked.get("q") ?? "", state: STATES.includes(state) ? state : "" });
    this.following = new Following({
      find: (id) => this.lectures.find((each) => each.id === id),
      changed: () => this.redraw(),
      ended: (id) => this.renewOne(id),
    });
    const { signal } = this.cancelled;
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
    addEventListener("focus", () => this.seen(), { signal });
    addEventListener(CHANGED, () => this.redraw(), { signal });
    this.load();
    this.weigh();
  }

  /** It is only told beside the lectures: where it is not known nothing is missing. */
  async weigh() {
    const used = await read("/usage", { signal: this.cancelled.signal }).catch(() => null);
    this.set({ used });
  }

  end() {
    clearTimeout(this.pause);
    this.following.end();
  }

  /** The address of a part of the list. */
  path(limit, cursor) {
    const asked = new URLSearchParams({ limit });
    if (this.q.trim()) asked.set("q", this.q.trim());
    if (this.state) asked.set("state", this.state);
    if (cursor) asked.set("cursor", cursor);
    return `/lectures?${asked}`;
  }

  /** The beginning of the list, as it was asked for now; an answer to an older question is dropped. */
  async load() {
    this.asking?.abort();
    this.asking = new AbortController();
    const signal = AbortSignal.any([this.cancelled.signal, this.asking.signal]);
    this.looked = performance.now();
    try {
      const { items, next_cursor: cursor } = await read(this.path(AT_A_TIME), { signal });
      this.show(items, cursor);
    } catch (problem) {
      if (problem.name !== "AbortError" && !this.closed) this.set({ problem });
    }
  }

  show(lectures, cursor) {
    this.set({ lectures, cursor, problem: null, loadingMore: false });
    this.following.follow(this.lectures.filter((each) => !isRemoved(each.id)));
  }

  /** Somebody looks at the page again, or away. */
  seen() {
    if (!this.lectures) return;
    if (document.hidden) return this.following.end();
    const isSoon = performance.now() - this.looked < NOT_TWICE_WITHIN;
    if (isSoon) return this.following.follow(this.lectures);
    this.renew();
  }

  /** Read again what is shown; what is older than that stays as it is. */
  async renew() {
    this.looked = performance.now();
    const shown = this.lectures;
    const limit = Math.min(MOST_AT_ONCE, Math.max(AT_A_TIME, shown.length));
    const { signal } = this.cancelled;
    try {
      const { items, next_cursor: next } = await read(this.path(limit), { signal });
      if (this.lectures !== shown) return; // something else was asked for meanwhile
      const last = next && shown.findIndex((each) => each.id === items.at(-1).id);
      const older = last >= 0 && next ? shown.slice(last + 1) : [];
      this.show([...items, ...older], older.length ? this.cursor : next);
    } catch {
      // What is shown stays: nobody has asked for anything.
    }
  }

  /** One has ended. */
  async renewOne(id) {
    try {
      const lecture = await read(`/lectures/${id}`, { signal: this.cancelled.signal });
      const lectures = this.lectures.map((each) => (each.id === id ? { ...each, ...lecture } : each));
      this.show(lectures, this.cursor);
    } catch {
      // It is looked at again when somebody comes back to the page.
    }
  }

  async more() {
    const { cursor, lectures } = this;
    this.set({ loadingMore: true, problem: null });
    try {
      const { signal } = this.cancelled;
      const { items, next_cursor: next } = await read(this.path(AT_A_TIME, cursor), { signal });
      if (this.cursor !== cursor) return;
      const known = new Set(this.lectures.map((each) => each.id));
      const added = items.filter((each) => !known.has(each.id));
      this.show([...this.lectures, ...added], next);
      if (added.length) this.focusOn(added[0].id);
    } catch (problem) {
      if (!this.closed && this.lectures === lectures) this.set({ problem, loadingMore: false });
    }
  }

  focusOn(id) {
    queueMicrotask(() => this.place.querySelector(`[data-id="${id}"] a`)?.focus());
  }

  /** Something else is asked for; where the way back is to lead, the address is a new one. */
  ask({ q = this.q, state = this.state, isNew }) {
    clearTimeout(this.pause);
    this.set({ q, state });
    const asked = new URLSearchParams();
    if (q.trim()) asked.set("q", q.trim());
    if (state) asked.set("state", state);
    const path = at(`/studio/lectures${asked.size ? `?${asked}` : ""}`);
    if (path === location.pathname + location.search) return;
    history[isNew ? "pushState" : "replaceState"](null, "", path);
    this.load();
  }

  /** Somebody types: it is asked for when they pause. */
  type(q) {
    const isNew = !this.q.trim();
    clearTimeout(this.pause);
    this.isNew ||= isNew;
    this.set({ q });
    this.pause = setTimeout(() => this.askTyped(), PAUSE);
  }

  askTyped() {
    const { isNew } = this;
    this.isNew = false;
    this.ask({ isNew });
  }

  async copy({ id }) {
    if (this.copied.id) return;
    this.set({ copied: { id, problem: null } });
    try {
      await duplicate(id, this.cancelled.signal);
      this.set({ copied: { id: null, problem: null } });
    } catch (problem) {
      if (!this.closed) this.set({ copied: { id: null, of: id, problem } });
    }
  }

  /** Remove a lecture; the next one has the focus, or the one before it. */
  remove(lecture) {
    const shown = this.shown;
    const index = shown.findIndex((each) => each.id === lecture.id);
    const next = shown[index + 1] ?? shown[index - 1];
    removeLecture(lecture, titleOf(lecture));
    if (next) this.focusOn(next.id);
    else queueMicrotask(() => this.place.querySelector("input")?.focus());
  }

  /** Those that nobody has removed. */
  get shown() {
    return (this.lectures || []).filter((each) => !isRemoved(each.id));
  }

  view() {
    const { shown } = this;
    return html`
      <h1>${t("lectures.title")}</h1>
      ${this.search()}
      <p class="hint count" role="status">${this.lectures ? this.told(shown.length) : ""}</p>
      ${failure(this.problem, () => this.load())}
      <ul class="lectures" aria-label=${t("lectures.title")}>
        ${repeat(
          shown,
          (each) => each.id,
          (each) => row(each, this.asked(each)),
        )}
      </ul>
      ${this.lectures && !shown.length && !this.cursor ? this.none() : nothing}
      ${this.cursor
        ? html`<button type="button" ?disabled=${this.loadingMore} @click=${() => this.more()}>
            ${t("lectures.more")}
          </button>`
        : nothing}
      ${this.used && this.lectures
        ? html`
            <section class="part" aria-labelledby="used">
              <h2 id="used">${t("usage.title")}</h2>
              ${usage(this.used)}
            </section>
          `
        : nothing}
    `;
  }

  asked(each) {
    const { copied } = this;
    return {
      busy: copied.id === each.id,
      problem: copied.of === each.id ? copied.problem : problemOf(each.id),
      duplicate: () => this.copy(each),
      remove: () => this.remove(each),
    };
  }

  told(count) {
    if (!count) return "";
    return t(this.cursor ? "lectures.count.newest" : "lectures.count", { count });
  }

  search() {
    const submit = (event) => {
      event.preventDefault();
      this.askTyped();
    };
    return html`
      <form class="find" role="search" @submit=${submit}>
        <label>
          ${t("lectures.search")}
          <input
            type="search"
            maxlength="200"
            .value=${this.q}
            @input=${(event) => this.type(event.target.value)}
          />
        </label>
        <label>
          ${t("lectures.state")}
          <select @change=${(event) => this.ask({ state: event.target.value, isNew: true })}>
            <option value="" .selected=${!this.state}>${t("lectures.state.all")}</option>
            ${STATES.map(
              (each) => html`
                <option value=${each} .selected=${each === this.state}>${t(`lectures.only.${each}`)}</option>
              `,
            )}
          </select>
        </label>
      </form>
    `;
  }

  none() {
    const { q, state } = this;
    if (!q.trim() && !state) {
      return html`
        <p>${t("lectures.none")}</p>
        <p><a href=${at("/")}>${t("lectures.none.make")}</a></p>
      `;
    }
    const said = q.trim() ? t("lectures.none.found", { q: q.trim() }) : t("lectures.none.state");
    return html`
      <p>${said}</p>
      <button type="button" @click=${() => this.ask({ q: "", state: "", isNew: true })}>
        ${t("lectures.all")}
      </button>
    `;
  }
}
