/** One record of a table while its lines come. */
export interface OpenRecord {
  /**
   * Takes the next line. "open": a quote is still open, and the record goes on in the line that follows. "bad": something
   * stands behind a closing quote.
   */
  take(line: string): readonly string[] | "open" | "bad";
}

/** RFC 4180: cells between delimiters; in quotes they may hold delimiters, new lines, and quotes that are doubled. */
export function openRecord(delimiter: string): OpenRecord {
  const cells: string[] = [];
  let quoted: string | undefined;

  return {
    take(line) {
      let at = 0;
      if (quoted !== undefined) quoted += "\n";
      for (;;) {
        if (quoted === undefined && line[at] === '"') {
          quoted = "";
          at += 1;
        }
        if (quoted === undefined) {
          const end = line.indexOf(delimiter, at);
          cells.push(line.slice(at, end < 0 ? undefined : end));
          if (end < 0) return cells;
          at = end + 1;
          continue;
        }
        const quote = line.indexOf('"', at);
        quoted += line.slice(at, quote < 0 ? undefined : quote);
        if (quote < 0) return "open";
        at = quote + 1;
        if (line[at] === '"') {
          quoted += '"';
          at += 1;
          continue;
        }
        cells.push(quoted);
        quoted = undefined;
        if (at === line.length) return cells;
        if (line[at] !== delimiter) return "bad";
        at += 1;
      }
    },
  };
}

const DELIMITERS = [",", ";", "\t"];

/** What stands between the names of the columns most often. */
export function toDelimiter(header: string): string {
  const count = (delimiter: string): number => header.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
