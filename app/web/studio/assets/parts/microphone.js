// A microphone: what it hears, how loud that is, and why there is none.

import { t } from "../words.js";

const REASONS = {
  NotAllowedError: "allowed",
  SecurityError: "allowed",
  NotFoundError: "found",
  OverconstrainedError: "found",
  NotReadableError: "free",
  AbortError: "free",
};

/** Why nothing can be heard, in words. */
export class NoMicrophone extends Error {
  constructor(reason) {
    super(t(`record.no.${reason}`));
    this.reason = reason;
  }
}

/**
 * Open a microphone; whoever opens it closes it.
 *
 * @param {string | null} device its id; null for the one that the system prefers
 * @returns {Promise<Microphone>}
 * @throws {NoMicrophone}
 */
export async function openMicrophone(device) {
  const stream = await streamOf(device);
  let context = null;
  try {
    // At the microphone's own rate nothing is converted.
    const { sampleRate } = stream.getAudioTracks()[0].getSettings();
    context = new AudioContext({ latencyHint: "playback", sampleRate });
    await context.audioWorklet.addModule(new URL("./collector.js", import.meta.url));
    await context.resume();
    return new Microphone(stream, context);
  } catch {
    for (const each of stream.getTracks()) each.stop();
    context?.close();
    throw new NoMicrophone("usable");
  }
}

/** Microphones that there are, as far as the browser tells. */
export async function microphones() {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  // Windows names one of them a second time, for calls.
  return all.filter((each) => each.kind === "audioinput" && each.deviceId !== "communications");
}

async function streamOf(device) {
  // Browsers keep it from pages that anybody between could have written.
  if (!navigator.mediaDevices) throw new NoMicrophone("secure");
  const audio = {
    autoGainControl: false,
    noiseSuppression: false,
    echoCancellation: false,
    channelCount: { ideal: 1 },
  };
  if (device) audio.deviceId = { exact: device };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const reason = REASONS[error.name] ?? "usable";
    if (device && reason === "found") return streamOf(null); // it was unplugged since
    throw new NoMicrophone(reason);
  }
}

class Microphone {
  /** Called while it records, whenever there is more. */
  heard = null;
  /** Called when it is gone. */
  lost = null;
  /** Which it is. */
  device;
  #stream;
  #context;
  #analyser;
  #collector;
  #moment;
  #blocks = [];
  #frames = 0;
  #whole = null;

  constructor(stream, context) {
    this.#stream = stream;
    this.#context = context;
    const [track] = stream.getAudioTracks();
    this.device = track.getSettings().deviceId ?? null;
    track.onended = () => this.lost?.();
    // Phones take the sound away when they ring.
    context.onstatechange = () => context.state === "running" || this.lost?.();
    const one = { channelCount: 1, channelCountMode: "explicit" };
    this.source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
    this.#analyser = new AnalyserNode(context, { ...one, fftSize: 2048 });
    this.#moment = new Float32Array(this.#analyser.fftSize);
    this.#collector = new AudioWorkletNode(context, "collector", one);
    this.#collector.port.onmessage = ({ data }) => this.#take(data);
    this.source.connect(this.#analyser);
    // What leads nowhere some browsers do not run; nothing comes out of it.
    this.source.connect(this.#collector).connect(context.destination);
  }

  /** The highest sample of this very moment, of which full scale is 1. */
  peak() {
    this.#analyser.getFloatTimeDomainData(this.#moment);
    return this.#moment.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  }

  /** Seconds that are recorded. */
  get seconds() {
    return this.#frames / this.#context.sampleRate;
  }

  /** Record from now on. */
  start() {
    this.#blocks = [];
    this.#frames = 0;
    this.#collector.port.postMessage("start");
  }

  /** End recording; returns what was recorded, to the last sample. */
  async stop() {
    await new Promise((done) => {
      this.#whole = done;
      this.#collector.port.postMessage("stop");
      setTimeout(done, 1000); // the system has taken the sound away: what is here is all
    });
    return this.recorded();
  }

  /** What is recorded so far. */
  recorded() {
    const samples = new Int16Array(this.#frames);
    let at = 0;
    for (const each of this.#blocks) {
      samples.set(each, at);
      at += each.length;
    }
    return { samples, rate: this.#context.sampleRate };
  }

  /** Release it. */
  close() {
    this.heard = this.lost = null;
    for (const each of this.#stream.getTracks()) each.stop();
    this.source.disconnect();
    if (this.#context.state !== "closed") this.#context.close();
  }

  #take(block) {
    if (block === null) return this.#whole?.();
    this.#blocks.push(block);
    this.#frames += block.length;
    this.heard?.();
  }
}
