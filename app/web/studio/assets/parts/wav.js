// Sound as a file that every program reads.

const HEADER = 44;
const WIDTH = 2;

/**
 * A WAV file of one channel and 16 bits.
 *
 * @param {{samples: Int16Array, rate: number}} sound `rate` in hertz
 * @param {string} name of the file, without an ending
 */
export function wavOf({ samples, rate }, name) {
  const header = new DataView(new ArrayBuffer(HEADER));
  const size = samples.length * WIDTH;
  let at = 0;
  const letters = (four) => [...four].forEach((each) => header.setUint8(at++, each.charCodeAt(0)));
  const long = (number) => header.setUint32((at += 4) - 4, number, true);
  const short = (number) => header.setUint16((at += 2) - 2, number, true);
  letters("RIFF");
  long(HEADER - 8 + size);
  letters("WAVE");
  letters("fmt ");
  long(16); // bytes of the format
  short(1); // numbers, as they were measured
  short(1); // channel
  long(rate);
  long(rate * WIDTH); // bytes of a second
  short(WIDTH); // bytes of a moment, all channels together
  short(8 * WIDTH);
  letters("data");
  long(size);
  // Browsers run where the lowest byte stands first, as it does in the file.
  return new File([header, samples], `${name.replace(/[\\/:]/g, "-")}.wav`, { type: "audio/wav" });
}
