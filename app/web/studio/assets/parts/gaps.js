// Whether a recording has gaps, as a computer leaves them that is too busy to listen.

const LEAST_SECONDS = 0.005;
/** Of 32768: where a voice stops by itself, it has faded. */
const HEARD = 300;

/** Whether nothing at all is heard for a while right beside a sound. */
export function hasGaps({ samples, rate }) {
  const least = LEAST_SECONDS * rate;
  let from = 0; // where the samples that are 0 begin
  for (let at = 0; at < samples.length; at++) {
    if (samples[at] === 0) continue;
    const beside = Math.max(Math.abs(samples[from - 1] ?? 0), Math.abs(samples[at]));
    if (from && at - from >= least && beside > HEARD) return true;
    from = at + 1;
  }
  return false;
}
