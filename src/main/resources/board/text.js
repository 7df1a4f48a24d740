/** Shows text of clients: what is invisible or changes the direction of other text becomes visible. */
import { h } from './dom.js';

/** Characters that have no picture of their own: C1 controls, bidirectional and invisible characters, line separators. */
const UNSEEN = /[\u0080-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** C0 controls except the tab and the line feed, and DEL. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

const PICTURES = 0x2400;
const PICTURE_OF_DELETE = '\u2421';

function picture(character) {
  const code = character.charCodeAt(0);
  return code === 0x7f ? PICTURE_OF_DELETE : String.fromCharCode(PICTURES + code);
}

function codePoint(character) {
  return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Returns text of several lines with visible control characters. */
export function visibleLines(text) {
  return text.replaceAll('\r\n', '\n').replace(CONTROLS, picture).replace(UNSEEN, codePoint);
}

/** Returns text as one line. */
export function visible(text) {
  return visibleLines(text).replaceAll('\n', '\u240a').replaceAll('\t', '\u2409');
}

/** Returns at most the given number of characters of a text, as one line. */
export function short(text, length) {
  const characters = Array.from(text.slice(0, 2 * length));
  return visible(characters.slice(0, length).join('')) + (text.length > length ? '…' : '');
}

/** Describes a name in a line of other text. Its direction does not change that of the line. */
export function name(text, props) {
  return h('bdi', props, visible(text));
}
