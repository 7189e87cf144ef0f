/** A catalogue on the terminal: columns as wide as they need be, and a sentence at the end of each row that is broken at its spaces. */

const WIDEST_LINE = 160;

/** Breaks a text at spaces into lines of at most `width` characters. */
const lines = (text: string, width: number): readonly string[] => {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const last = made.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) made.push(word);
    else made[made.length - 1] = `${last} ${word}`;
  }
  return made;
};

const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

/** Rows under a head; the last cell of each is the one that is broken. */
export const listRows = (rows: readonly (readonly string[])[], columns: number): string => {
  const last = (rows[0]?.length ?? 1) - 1;
  const widths = Array.from({ length: last }, (_, column) => longest(rows.map((row) => row[column]!)));
  const indent = widths.reduce((sum, width) => sum + width + 2, 0);
  const room = Math.max(24, Math.min(columns, WIDEST_LINE) - indent);
  return rows
    .map((row) => {
      const [first = '', ...rest] = lines(row[last]!, room);
      const head = widths.map((width, column) => `${row[column]!.padEnd(width)}  `).join('');
      return `${[head + first, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n')}\n`;
    })
    .join('');
};
