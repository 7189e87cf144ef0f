/** Inverse of a small dense matrix: Gauss-Jordan with row pivoting. */

/** `rows` is size x size, row by row, and is left as it was. A singular matrix gives infinities. */
export const inverted = (rows: Float64Array, size: number): Float64Array => {
  const left = rows.slice();
  const right = new Float64Array(size * size);
  for (let index = 0; index < size; index += 1) right[index * size + index] = 1;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(left[row * size + column]!) > Math.abs(left[pivot * size + column]!)) pivot = row;
    }
    if (pivot !== column) {
      swapRows(left, size, pivot, column);
      swapRows(right, size, pivot, column);
    }
    const scale = 1 / left[column * size + column]!;
    for (let index = 0, at = column * size; index < size; index += 1, at += 1) {
      left[at] = left[at]! * scale;
      right[at] = right[at]! * scale;
    }
    for (let row = 0; row < size; row += 1) {
      const factor = left[row * size + column]!;
      if (row === column || factor === 0) continue;
      for (let index = 0, to = row * size, from = column * size; index < size; index += 1, to += 1, from += 1) {
        left[to] = left[to]! - factor * left[from]!;
        right[to] = right[to]! - factor * right[from]!;
      }
    }
  }
  return right;
};

const swapRows = (rows: Float64Array, size: number, a: number, b: number): void => {
  for (let index = 0; index < size; index += 1) {
    const held = rows[a * size + index]!;
    rows[a * size + index] = rows[b * size + index]!;
    rows[b * size + index] = held;
  }
};
