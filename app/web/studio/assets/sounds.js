// Plays sounds, one at a time.

/** The one sound that is heard now. */
export class Sounds {
  /** Its address; null while nothing is heard. */
  playing = null;
  /** The address of what this browser could not play. */
  failed = null;
  #audio = new Audio();
  #changed;

  /** `changed` is told when another sound begins or one ends. */
  constructor(changed) {
    this.#changed = changed;
    this.#audio.addEventListener("ended", () => this.stop());
  }

  /** Play what is at an address; a second time: stop. */
  async toggle(address) {
    if (this.playing === address) return this.stop();
    this.#now(address, null);
    this.#audio.src = address;
    try {
      await this.#audio.play();
    } catch {
      // Where another one is played meanwhile, or none, nothing failed.
      if (this.playing === address) this.#now(null, address);
    }
  }

  /** Be silent. */
  stop() {
    this.#audio.pause();
    this.#now(null, this.failed);
  }

  #now(playing, failed) {
    Object.assign(this, { playing, failed });
    this.#changed();
  }
}
