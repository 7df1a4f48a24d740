/** Shows points in time relative to now. */
import { h } from './dom.js';

const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** Returns a duration such as "5 min", in the largest unit of which there are at least two. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [size, unit] = UNITS.find(([length]) => seconds >= 2 * length) ?? UNITS.at(-1);
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** Describes a time of the API, or a dash if there is none. The exact time is shown on hover. */
export function ago(text, suffix = ' ago') {
  if (!text) {
    return '–';
  }
  const time = new Date(text);
  return h('time', { datetime: text, title: `${EXACT.format(time)} (${text})` }, duration(Date.now() - time) + suffix);
}
