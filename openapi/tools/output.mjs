// What the tools print. Pages and servers choose parts of it.

/** Control and format characters, line separators and lone surrogates: nobody can read them, and some readers take them for a line end. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const EACH_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** A text in one line, without what moves the cursor, forges a line or turns the text around. */
export const visible = (text) => text.replace(EACH_INVISIBLE, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);

export const print = (line) => console.log(visible(line));

export const printError = (line) => console.error(visible(line));
