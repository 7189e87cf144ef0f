/** A timeline in the making: entries with their instants, and what was found wrong on the way. */

import { atKey, atValue, warningAt } from '../language/rules/finding.ts';
import type { Finding } from '../language/rules/finding.ts';
import type { BankDecision } from '../contracts/case.ts';
import type { Action, EntryId, When } from '../contracts/timeline.ts';
import type { Instant } from '../language/instants.ts';
import type { Path, Scenario } from '../language/scenario.ts';
import type { RuleId } from '../rules.ts';

export interface DraftEntry {
  readonly id: EntryId;
  readonly instant: Instant;
  /** How the entry is triggered where an edge or an operator decides; null = by its instant. */
  readonly trigger: Extract<When, { kind: 'afterEdge' | 'released' }> | null;
  readonly do: Action;
  /** Where it comes from in the file. */
  readonly path: Path;
}

export class Draft {
  readonly scenario: Scenario;
  readonly entries: DraftEntry[] = [];
  readonly findings: Finding[] = [];
  readonly decided: BankDecision[] = [];
  /** By index: steps that leave all drives as they stand. */
  readonly idle = new Set<number>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  add(id: EntryId, instant: Instant, action: Action, path: Path, trigger: DraftEntry['trigger'] = null): void {
    this.entries.push({ id, instant, do: action, path, trigger });
  }

  refuse(id: RuleId, path: Path, message: string, hint: string): void {
    this.findings.push(atValue(id, path, message, hint));
  }

  refuseKey(id: RuleId, path: Path, message: string, hint: string): void {
    this.findings.push(atKey(id, path, message, hint));
  }

  warn(id: RuleId, path: Path, message: string, hint: string): void {
    this.findings.push(warningAt(id, path, message, hint));
  }
}

/** The step's number as an author counts; where one item came to several steps, which of them. */
export const stepId = ({ steps }: Pick<Scenario, 'steps'>, index: number): EntryId => {
  const { number = index + 1, part = null } = steps[index] ?? {};
  return part === null ? `step-${number}` : `step-${number}-${part}`;
};
