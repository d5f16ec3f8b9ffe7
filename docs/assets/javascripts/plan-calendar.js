// A calendar file (RFC 5545) of whole days. Our own writer, since the libraries at hand are ten times as large, fold lines
// within characters, or want a time zone. Whole days end on the next day and need no zone; there is no METHOD, so that a
// calendar takes them as plain entries; a UID stays the same when dates change, so that a second file replaces the first.

/** @typedef {{ id: string, date: number, title: string, text: string }} Entry `date` is a day's number since 1970 */

const bytes = new TextEncoder();

/** @param {string} text */
const escaped = (text) =>
  text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

/** No line is longer than 75 octets, and none is cut within a character. @param {string} line */
const folded = (line) => {
  let out = "";
  let room = 75;
  for (const character of line) {
    const size = bytes.encode(character).length;
    if (size > room) {
      out += "\r\n ";
      room = 74; // the space that begins the line counts
    }
    out += character;
    room -= size;
  }
  return out;
};

/** @param {number} day */
const stamp = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");

/**
 * The file's text.
 * @param {{ name: string, key: string, edition: number, sequence: number, address: string, entries: Entry[] }} plan `key` names the plan in the UIDs,
 *   `edition` is the day of the data and dates the entries, `sequence` grows with each later state
 */
export const calendar = ({ name, key, edition, sequence, address, entries }) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//The Hard Part//My plan//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap(({ id, date, title, text }) => [
      "BEGIN:VEVENT",
      `UID:${key}-${id}@the-hard-part`,
      `DTSTAMP:${stamp(edition)}T000000Z`,
      `SEQUENCE:${sequence}`,
      `DTSTART;VALUE=DATE:${stamp(date)}`,
      `DTEND;VALUE=DATE:${stamp(date + 1)}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      `URL:${address}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
    "",
  ]
    .map(folded)
    .join("\r\n");
