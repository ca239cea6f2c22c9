// A place to add a face, a voice or a recording of one's own.

import { adder } from "./parts/adder.js";
import { voiceRecorder } from "./parts/own-voice.js";
import { store } from "./storing.js";
import { nothing } from "./view.js";
import { t } from "./words.js";

/** What can be stored: the files that may hold it, and the name of its words. */
const KINDS = {
  avatar: { accept: "image/*", words: "add.avatar" },
  voice: { accept: "audio/*,video/*", words: "add.voice" },
  recording: { accept: "audio/*,video/*", words: "library.add.recording" },
};

/** The adder of one kind: whether something is being looked at, and what was wrong with it. */
export class Adding {
  busy = false;
  problem = null;
  /** The share of a large file that was sent. */
  progress = 0;
  #file = null;
  #kind;
  #added;
  #changed;

  /**
   * @param {"avatar" | "voice" | "recording"} kind
   * @param {{added: (stored: object) => void, changed: () => void}} hearer `added` is told what the
   *   service has stored, `changed` that the adder looks different
   */
  constructor(kind, { added, changed }) {
    this.#kind = kind;
    this.#added = added;
    this.#changed = changed;
  }

  /** Have a file looked at and stored. */
  async add(file) {
    this.#file = file;
    this.#now({ busy: true, problem: null, progress: 0 });
    try {
      const progress = (share) => this.#now({ progress: share });
      const { body } = await store(this.#kind, file, { progress });
      this.#now({ busy: false });
      this.#added(body);
    } catch (problem) {
      this.#now({ busy: false, problem });
      requestAnimationFrame(() => this.#showProblem());
    }
  }

  /** On a phone it may be below what is seen. */
  #showProblem() {
    document.querySelector(`.adder[data-kind="${this.#kind}"] .failure`)?.scrollIntoView({ block: "nearest" });
  }

  view() {
    const { accept, words } = KINDS[this.#kind];
    return adder({
      kind: this.#kind,
      label: t(words),
      hint: t(`${words}.hint`),
      accept,
      busy: this.busy,
      progress: this.progress,
      problem: this.problem,
      file: this.#file,
      camera: this.#kind === "avatar",
      add: (file) => this.add(file),
      more: this.#kind === "voice" ? voiceRecorder(this.#added) : nothing,
    });
  }

  #now(values) {
    Object.assign(this, values);
    this.#changed();
  }
}
