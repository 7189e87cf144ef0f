/** What an author's demand can come to: held, broken, or not measured, where it may have been too near to a limit. */

export interface Outcome {
  readonly outcome: 'held' | 'broken' | 'notMeasured';
  readonly marginal: boolean;
  readonly text: string;
}

export const held = (text: string): Outcome => ({ outcome: 'held', marginal: false, text });
export const broken = (text: string): Outcome => ({ outcome: 'broken', marginal: false, text });
export const unknown = (text: string): Outcome => ({ outcome: 'notMeasured', marginal: false, text });
export const undecided = (text: string): Outcome => ({ outcome: 'notMeasured', marginal: true, text });
