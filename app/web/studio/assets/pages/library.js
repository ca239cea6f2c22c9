// Everything that is stored: faces, voices and ready recordings.

import { Adding } from "../adding.js";
import { readAll } from "../api.js";
import { Naming } from "../naming.js";
import { faceCard, recordingCard, voiceCard } from "../parts/cards.js";
import { failure } from "../parts/failure.js";
import { Moving } from "../parts/portrait.js";
import { forgetRefusals, isGone, refusalOf, remove, whenBack } from "../removal.js";
import { Sounds } from "../sounds.js";
import { PLACES } from "../storing.js";
import { repeat } from "../vendor/directives/repeat.js";
import { t } from "../words.js";
import { Page, html, nothing } from "../view.js";

const CARDS = { avatar: faceCard, voice: voiceCard, recording: recordingCard };

/** Kinds that may be called otherwise. */
const NAMED = ["avatar", "voice"];

const SEARCHED_FROM = 9;
const LOOK_AGAIN = 3000;
const LOOK_FOR = 60_000;

export class LibraryPage extends Page {
  /** By kind: what is stored, newest first, or null until it is known; and what was wrong. */
  lists = byKind(() => ({ items: null, problem: null }));
  wanted = "";
  /** Names that are being changed, by id. */
  namings = new Map();
  moving = new Moving(() => this.redraw());
  sounds = new Sounds(() => this.redraw());
  adding = byKind(
    (kind) =>
      new Adding(kind, {
        added: (stored) => this.added(kind, stored),
        changed: () => this.redraw(),
      }),
  );

  begin() {
    whenBack((id, wanted) => this.back(id, wanted));
    this.lookForAWhile();
    for (const kind of Object.keys(PLACES)) this.load(kind);
  }

  end() {
    clearTimeout(this.timer);
    this.sounds.stop();
    whenBack(() => {});
    forgetRefusals();
  }

  async load(kind) {
    let problem = null;
    try {
      this.know(kind, await readAll(PLACES[kind].path));
    } catch (error) {
      problem = error;
    }
    if (this.closed) return;
    this.lists[kind].problem = problem;
    this.redraw();
    this.lookAgain();
  }

  /** Take in what is stored; of what is known already the latest stays. */
  know(kind, stored) {
    const list = this.lists[kind];
    const known = new Map((list.items ?? []).map((each) => [each.id, each]));
    for (const each of stored) {
      if (!(known.get(each.id)?.updated > each.updated)) known.set(each.id, each);
    }
    list.items = [...known.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
    this.redraw();
  }

  /** Workers are making something, which takes some seconds. */
  lookForAWhile() {
    this.until = Date.now() + LOOK_FOR;
    this.lookAgain();
  }

  lookAgain() {
    clearTimeout(this.timer);
    const kinds = NAMED.filter((kind) => isUnfinished(this.lists[kind].items));
    if (!kinds.length || Date.now() > this.until) return;
    this.timer = setTimeout(() => kinds.forEach((kind) => this.load(kind)), LOOK_AGAIN);
  }

  added(kind, stored) {
    this.know(kind, [stored]);
    this.lookForAWhile();
  }

  async rename(kind, id) {
    if (this.namings.get(id)?.open) return;
    const naming = new Naming(`${PLACES[kind].path}/${id}`, {
      told: (stored) => this.know(kind, [stored]),
      left: () => this.named(id),
      changed: () => this.redraw(),
    });
    this.namings.set(id, naming);
    await naming.begin();
    queueMicrotask(() => {
      const field = this.find(id, ".naming input");
      field?.focus();
      field?.select();
    });
  }

  named(id) {
    this.namings.delete(id);
    this.redraw();
    queueMicrotask(() => this.find(id, ".rename")?.focus());
  }

  /** Remove something; whoever did it goes on with what stands beside it. */
  remove(kind, stored) {
    const card = this.find(stored.id);
    const near = card.nextElementSibling ?? card.previousElementSibling;
    const next = near?.querySelector(".remove") ?? this.place.querySelector(`#${kind}s`);
    this.sounds.stop();
    remove(PLACES[kind].path, stored);
    this.redraw();
    queueMicrotask(() => next.focus());
  }

  back(id, wanted) {
    this.redraw();
    if (wanted) queueMicrotask(() => this.find(id, ".remove")?.focus());
  }

  /** An element of the card of something, or the card. */
  find(id, selector = "") {
    return this.place.querySelector(`[data-id="${id}"] ${selector}`);
  }

  kept(kind) {
    return (this.lists[kind].items ?? []).filter((each) => !isGone(each.id));
  }

  /** Those whose names have what is looked for. */
  shown(kind) {
    const wanted = this.wanted.trim().toLocaleLowerCase();
    return this.kept(kind).filter((each) => each.name.toLocaleLowerCase().includes(wanted));
  }

  view() {
    return html`
      <div class="library-head">
        <h1>${t("library.title")}</h1>
        ${this.search()}
      </div>
      ${this.settled().map((kind) => this.section(kind))}
    `;
  }

  /** Down to the first list that is still fetched: nothing that is shown moves away. */
  settled() {
    const kinds = Object.keys(PLACES);
    const first = kinds.findIndex((kind) => !this.lists[kind].items && !this.lists[kind].problem);
    return first < 0 ? kinds : kinds.slice(0, first + 1);
  }

  search() {
    const kinds = Object.keys(PLACES);
    const all = kinds.flatMap((kind) => this.kept(kind)).length;
    if (all < SEARCHED_FROM && !this.wanted) return nothing;
    const count = kinds.flatMap((kind) => this.shown(kind)).length;
    return html`
      <label class="search">
        <span>${t("library.search")}</span>
        <input
          type="search"
          .value=${this.wanted}
          @input=${(event) => this.set({ wanted: event.target.value })}
        />
      </label>
      <p class="hint" role="status">${this.wanted ? t("library.found", { count, all }) : ""}</p>
    `;
  }

  section(kind) {
    const { items, problem } = this.lists[kind];
    return html`
      <section aria-labelledby=${`${kind}s`}>
        <h2 id=${`${kind}s`} tabindex="-1">${t(`library.${kind}s`)}</h2>
        ${this.adding[kind].view()} ${failure(problem, () => this.load(kind))}
        ${items || problem ? nothing : html`<p role="status">${t("library.loading")}</p>`}
        ${items ? this.gallery(kind) : nothing}
      </section>
    `;
  }

  gallery(kind) {
    const shown = this.shown(kind);
    if (!shown.length) return html`<p>${t(this.wanted ? "library.nothing" : `library.${kind}s.none`)}</p>`;
    return html`
      <ul class="gallery" data-kind=${kind}>
        ${repeat(
          shown,
          (each) => each.id,
          (each) => CARDS[kind](each, this.on(kind, each)),
        )}
      </ul>
    `;
  }

  /** What goes on with something, and what can be done with it. */
  on(kind, each) {
    return {
      moving: this.moving,
      sounds: this.sounds,
      naming: this.namings.get(each.id),
      refusal: refusalOf(each.id),
      rename: NAMED.includes(kind) ? () => this.rename(kind, each.id) : null,
      remove: () => this.remove(kind, each),
    };
  }
}

function byKind(make) {
  return Object.fromEntries(Object.keys(PLACES).map((kind) => [kind, make(kind)]));
}

/** Whether workers still have something to do: the first time also the examples themselves. */
function isUnfinished(items) {
  if (items === null) return false;
  return !items.length || items.some((each) => each.preview_state === "running");
}
