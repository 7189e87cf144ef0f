/** scenarios/RULES.md: every rule of `rig check` with what it finds, what mends it, and an example with the message it gives. */

import { readAndCompile } from '../scenarios/compile.ts';
import type { Issue } from '../scenarios/contracts/issue.ts';
import { RULE_GROUPS, RULE_IDS, type RuleId } from '../scenarios/rules.ts';
import { HEAD, unmark, type Rule } from '../scenarios/rules/rule.ts';
import { checkCases } from '../rig/check/check-cases.ts';

const INTRODUCTION = `# The rules of \`rig check\`

Generated from scenarios/rules/ (\`npm run generate\`). \`rig check\` prints a mistake as \`file:line:col message (what to do) [rule]\`, and
\`rig check --rules\` lists the rules. A *warning* lets a run go on; everything else ends with exit 2 before anything moves.
An example leaves out the two lines that every scenario begins with (\`scenario:\` and \`covers:\`) and ends with the place,
which counts them, and the message it gives.
`;

const issuesOf = (text: string): readonly Issue[] => {
  const compiled = readAndCompile({ file: 'my.yaml', bytes: Buffer.from(text) });
  return compiled.ok ? [...compiled.issues, ...checkCases(compiled.cases)] : compiled.issues;
};

const MOST_LINES = 12;

function exampleOf(id: RuleId, { example }: Rule): string {
  if (example === null || id === 'too-deep') return '';
  const { text } = unmark(example);
  const shown = (text.startsWith(HEAD) ? text.slice(HEAD.length) : text).trimEnd();
  const said = issuesOf(text).find((one) => one.id === id);
  if (shown === '' || shown.split('\n').length > MOST_LINES) return '';
  return `\n\`\`\`yaml\n${shown}${said === undefined ? '' : `\n# ${said.line}:${said.col} ${said.message}`}\n\`\`\`\n`;
}

export const rulesPage = (): string => {
  const groups = Object.entries(RULE_GROUPS).map(([title, group]) => {
    const rules = Object.entries(group).map(
      ([id, one]) => `\n**${id}**: ${one.finds} *Mend:* ${one.fix}.\n${exampleOf(id as RuleId, one)}`,
    );
    return `\n## ${title}\n${rules.join('')}`;
  });
  return `${INTRODUCTION}\n${RULE_IDS.length} rules.\n${groups.join('')}`;
};
