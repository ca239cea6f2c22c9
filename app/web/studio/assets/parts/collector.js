// Runs where the sound is, beside the page: gathers it in 16 bits while it is told to.

/** Of a message: 85 ms at 48 kHz, so that a clock that counts them does not lag. */
const FRAMES = 4096;

class Collector extends AudioWorkletProcessor {
  #gathers = false;
  #block = new Int16Array(FRAMES);
  #filled = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      this.#gathers = data === "start";
      if (this.#gathers) return;
      this.#send();
      this.port.postMessage(null); // that was all
    };
  }

  process([[samples]]) {
    // A microphone that is gone has no channel.
    if (this.#gathers && samples) for (const each of samples) this.#take(each);
    return true;
  }

  #take(sample) {
    this.#block[this.#filled++] = Math.max(-32768, Math.min(32767, Math.round(32768 * sample)));
    if (this.#filled === FRAMES) this.#send();
  }

  #send() {
    const block = this.#block.slice(0, this.#filled);
    this.#filled = 0;
    this.port.postMessage(block, [block.buffer]);
  }
}

registerProcessor("collector", Collector);
