/// <reference lib="dom" />
/** The elements of a page that one timeline lives in. */

export interface TimelineParts {
  readonly canvas: HTMLCanvasElement;
  /** Where a pointer is, and what is there. */
  readonly pointed: HTMLElement;
  /** Where the cursors are, and the time between them. */
  readonly measured: HTMLElement;
  /** Read aloud when it changes. */
  readonly spoken: HTMLElement;
  readonly rows: HTMLTableSectionElement;
  readonly rowsNote: HTMLElement;
}
