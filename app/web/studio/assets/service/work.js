// What waits and runs, who does it, and the disk.

import { read } from "../api.js";
import { ago, bytes, count } from "../parts/amounts.js";
import { gauge } from "../parts/gauge.js";
import { renewing } from "./renewing.js";
import { Section } from "./section.js";
import { clock, t } from "../words.js";
import { html, nothing } from "../view.js";

const SECONDS = 5;
/** States that are told even where no lecture is in one. */
const ALWAYS = ["queued", "running", "done"];
const HELD = ["lectures", "library", "uploads"];

export class Work extends Section {
  /** As `GET /v1/service` tells it. */
  told = null;

  constructor(page) {
    super(page, "work");
  }

  begin() {
    this.stop = renewing(SECONDS, () => this.look());
  }

  end() {
    this.stop();
  }

  async look() {
    if (this.page.isKeyMade) return; // who has no key yet would be asked for one
    await this.load();
    if (this.problem?.status === 403) this.stop();
  }

  async fetch() {
    this.told = await read("/service", { signal: this.signal });
  }

  content() {
    const { told } = this;
    if (!told) return nothing;
    return html`
      <h3>${t("service.lectures")}</h3>
      <dl class="facts">
        ${Object.entries(told.lectures)
          .filter(([state, number]) => number || ALWAYS.includes(state))
          .map(([state, number]) => fact(t(`service.lectures.${state}`), count(number)))}
        ${fact(t("service.oldest"), clock(told.waiting_seconds))}
      </dl>
      <h3>${t("service.queues")}</h3>
      ${queues(told.queues)}
      <h3>${t("service.workers")}</h3>
      ${told.workers.length
        ? html`<ul class="entries">
            ${told.workers.map(worker)}
          </ul>`
        : html`<p>${t("service.workers.none")}</p>`}
      <h3>${t("service.disk")}</h3>
      ${disk(told.disk)}
      <dl class="facts">
        ${HELD.map((part) =>
          fact(
            t(`service.held.${part}`),
            part === "lectures" && told.held.lectures
              ? t("usage.about", { size: bytes(told.held.lectures) })
              : bytes(told.held[part]),
          ),
        )}
        ${fact(t("service.version"), told.version)}
      </dl>
    `;
  }
}

function fact(name, value) {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>
  `;
}

function queues(told) {
  return html`
    <table class="numbers">
      <caption class="unseen">${t("service.queues")}</caption>
      <thead>
        <tr>
          <th scope="col">${t("service.queue")}</th>
          ${["waiting", "running", "workers"].map(
            (each) => html`<th scope="col">${t(`service.queue.${each}`)}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${told.map(
          (each) => html`
            <tr>
              <th scope="row">
                ${queueName(each.name)}
                <span class="hint">${t("service.queue.slots", { count: count(each.slots) })}</span>
              </th>
              <td>${count(each.waiting)}</td>
              <td>${count(each.running)}</td>
              <td>${count(each.workers)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
    <p class="hint">${t("service.queue.hint")}</p>
  `;
}

function worker(each) {
  const heard = each.silent_seconds === null ? t("service.long.ago") : ago(each.silent_seconds);
  const running = Object.entries(each.running);
  return html`
    <li>
      <span class="name">${each.id}</span>
      <span class="state" data-state=${each.lives ? "done" : "failed"}>
        ${t(each.lives ? "service.heard" : "service.silent", { time: heard })}
      </span>
      <span>
        ${each.queues.length
          ? t("service.serves", { queues: each.queues.map(queueName).join(", ") })
          : t("service.serves.unknown")}
      </span>
      <span>
        ${running.length
          ? t("service.does", { steps: running.map(stepName).join(", ") })
          : t("service.does.nothing")}
      </span>
    </li>
  `;
}

function disk(told) {
  if (!told) return html`<p>${t("service.disk.silent")}</p>`;
  const said = t("service.disk.free", { free: bytes(told.free), total: bytes(told.total) });
  return html`
    <p>${said}</p>
    ${gauge({ used: told.total - told.free, most: told.total, label: t("service.disk"), said })}
  `;
}

function queueName(name) {
  return t(`service.queue.${name}`) ?? name;
}

function stepName([kind, number]) {
  const name = t(`service.step.${kind}`) ?? kind;
  return number === 1 ? name : `${name} × ${count(number)}`;
}
