// What is seen of a lecture: how far it is or the player, and beside it what is said.

import { transcript } from "../parts/transcript.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";
import { fileAsMade } from "./files.js";
import { notedRemade } from "./former.js";
import { chapters, downloads, player, preview, speedChoice } from "./player.js";
import { progress, slideStates } from "./progress.js";
import { isOpen } from "./state.js";
import { unsaved } from "./unsaved.js";

/** The whole of it; `page` is the page of the lecture. */
export function watched(page) {
  return html`
    <div class="watch">
      <div class="seen">${seen(page)}</div>
      ${page.manifest ? said(page) : page.isCurrent ? nothing : states(page)}
    </div>
  `;
}

function seen(page) {
  const { lecture, isCurrent, isSaving, former, playing } = page;
  const isFormer = former?.whole && (isSaving || !isCurrent);
  if (isCurrent && !isFormer) {
    const isKnown = page.manifest || page.problem; // before, chapters would move what is below
    return html`${current(page)} ${isKnown ? html`${downloads(page.id)} ${page.share.view()}` : nothing}`;
  }
  const far = progress(lecture, { act: (what) => page.act(what), problem: page.acted });
  if (isFormer) return html`${before(page)} ${isSaving || page.waiting ? nothing : far}`;
  return html`${far} ${playing === null ? nothing : preview(lecture, playing)}`;
}

function current(page) {
  return screen(page, {
    key: page.lecture.started,
    video: fileAsMade(page.lecture, "lecture.mp4"),
    captions: fileAsMade(page.lecture, "lecture.vtt"),
  });
}

/** The lecture as it was, while it is made anew. */
function before(page) {
  const { waiting, former } = page;
  const note = waiting
    ? html`<span role="status">${t("lecture.ready")}</span>
        <button type="button" @click=${() => page.showNew(waiting)}>${t("lecture.ready.show")}</button>`
    : t("lecture.former");
  return screen(page, { key: "former", ...former.whole, note });
}

function screen(page, video) {
  const { manifest, speed } = page;
  return html`
    ${player(page.lecture, {
      ...video,
      speed,
      moved: (element) => page.moved(element),
      loaded: (element) => page.loaded(element),
    })}
    <div class="row">${speedChoice(speed, (chosen) => page.set({ speed: chosen }))}</div>
    ${manifest
      ? chapters(manifest, {
          title: (number) => slideTitle(page, number),
          now: slideOf(manifest, page.heard),
          seek: (seconds) => page.seek(seconds),
        })
      : nothing}
  `;
}

/** The slides of a lecture that was never done; while nothing runs their texts can be corrected. */
function states(page) {
  const { lecture, editor } = page;
  const edit = (number) => () => page.edit(number);
  return slideStates(lecture, {
    play: (number) => page.set({ playing: number }),
    edit: (number) => (!isOpen(lecture) && canEdit(page, number) ? edit(number) : null),
    editing: editor.slide,
    editor: () => editor.view(),
  });
}

function said(page) {
  const { manifest, editor, former, isCurrent } = page;
  const kept = unsaved(page.id);
  const noted = isCurrent && !former ? notedRemade(page.id, page.lecture.version) : [];
  const isRemade = (number) =>
    noted.includes(number) || Boolean(isCurrent && former?.isRemade(number, manifest));
  const hasPlayer = isCurrent || former?.whole;
  return html`
    <section class="said" aria-labelledby="said">
      <h2 id="said">${t("lecture.transcript")}</h2>
      ${hasPlayer
        ? html`<p class="hint">${t(page.lecture.version ? "lecture.keys" : "lecture.keys.lms")}</p>`
        : nothing}
      ${transcript(manifest, {
        heard: page.heard,
        seek: hasPlayer ? (seconds) => page.seek(seconds) : null,
        title: (number) => slideTitle(page, number),
        edit: (number) => (canEdit(page, number) ? (index) => page.edit(number, index) : null),
        editing: editor.slide,
        editor: () => editor.view(),
        marks: (number) => marks(page, { number, kept, isRemade: isRemade(number) }),
        below: (number) =>
          noted.includes(number)
            ? html`<p class="hint">${t("lecture.compare.gone")}</p>`
            : page.compare.view(number),
        follower: page.follower,
      })}
    </section>
  `;
}

/** What else there is to say of a slide. */
function marks(page, { number, kept, isRemade }) {
  const { former, isCurrent, editor, compare } = page;
  const isBeingMade = !isCurrent && !page.waiting && former?.clips.has(number);
  return html`
    ${isBeingMade ? html`<span class="flag" data-state="running">${t("lecture.remaking")}</span>` : nothing}
    ${isRemade ? html`<span class="flag" data-state="done">${t("lecture.remade")}</span>` : nothing}
    ${isRemade && former ? compare.button(number) : nothing}
    ${String(number) in kept && editor.slide !== number
      ? html`<span class="flag">${t("lecture.unsaved")}</span>`
      : nothing}
    ${slideView(page, number)?.audio
      ? html`<span class="hint">${t("lecture.recorded")}</span>`
      : nothing}
  `;
}

/** What is of an LMS, and a recording, is not changed by words. */
function canEdit(page, number) {
  return page.lecture.version > 0 && !page.isGone && !slideView(page, number)?.audio;
}

function slideView({ lecture }, number) {
  return lecture.slides.find((each) => each.number === number);
}

function slideTitle(page, number) {
  return slideView(page, number)?.title || t("lecture.slide", { number });
}

function slideOf(manifest, fragment) {
  if (fragment === null) return null;
  return manifest.slides.find((each) => each.fragments.includes(fragment))?.number ?? null;
}
