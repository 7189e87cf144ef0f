/** From offsets to lines and columns of a text whose lines end in a line feed; its lines are counted when the first is asked for. */

/** Line and column from 1. */
export interface LineFinder {
  readonly linePos: (offset: number) => { readonly line: number; readonly col: number };
}

export class Lines implements LineFinder {
  readonly #text: string;
  #starts: readonly number[] | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  readonly linePos = (offset: number): { readonly line: number; readonly col: number } => {
    const starts = (this.#starts ??= startsOf(this.#text));
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return { line: low, col: offset - starts[low - 1]! + 1 };
  };
}

const startsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
};
