/** Writes every generated file of the project, or with --check says which are stale: the firmware's header, the JSON Schemas of `--json`, of scenarios and of the files of benches, stations and units, the page of rules, what the self-test knows of the netlist, the transcripts of the wire, and the fixture's schematic, wiring table and bill of materials. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DOCUMENTS, schemaText } from '../reports/json.ts';
import { knownText } from '../rig/selftest/known.ts';
import { headerText } from '../rig/wire/header.ts';
import { benchShape } from '../scenarios/language/bench/shape.ts';
import { profileShape } from '../scenarios/language/profile/shape.ts';
import { stationShape } from '../scenarios/language/station/shape.ts';
import { scenarioSchema } from '../scenarios/language/editor-schema.ts';
import { schematicFiles, withHardware } from './hardware-page.ts';
import { rulesPage } from './rules-page.ts';
import { withTranscripts } from './transcripts/page.ts';

const ROOT = path.join(import.meta.dirname, '..');
const FIXTURE = 'rig/fixture';
const HARDWARE = `${FIXTURE}/HARDWARE.md`;

const PROTOCOL = 'rig/wire/PROTOCOL.md';

const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');

/** On the emulated fixture, a few seconds; in a process of its own, because virtual time is told by promises. */
const makeTranscripts = (): string =>
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'transcripts/main.ts')], { encoding: 'utf8' });

/** Path below the project's root and what it should hold. */
export const generated = (): readonly { readonly file: string; readonly text: string }[] => [
  { file: 'rig/fixture/firmware/generated.h', text: headerText() },
  ...Object.keys(DOCUMENTS).map((name) => ({ file: `reports/schemas/${name}`, text: schemaText(name as keyof typeof DOCUMENTS) })),
  { file: 'scenarios/schemas/bench-file.json', text: `${JSON.stringify(z.toJSONSchema(benchShape, { io: 'input' }), null, 2)}\n` },
  { file: 'scenarios/schemas/station-file.json', text: `${JSON.stringify(z.toJSONSchema(stationShape, { io: 'input' }), null, 2)}\n` },
  { file: 'scenarios/schemas/unit-profile.json', text: `${JSON.stringify(z.toJSONSchema(profileShape, { io: 'input' }), null, 2)}\n` },
  { file: 'scenarios/schemas/scenario.json', text: `${JSON.stringify(scenarioSchema(), null, 2)}\n` },
  { file: 'scenarios/RULES.md', text: rulesPage() },
  { file: 'rig/selftest/known.json', text: knownText() },
  ...schematicFiles().map(({ file, text }) => ({ file: `${FIXTURE}/${file}`, text })),
  { file: PROTOCOL, text: withTranscripts(readText(PROTOCOL), makeTranscripts) },
  { file: HARDWARE, text: withHardware(readText(HARDWARE)) },
];

/** The generated files whose committed text is not what the sources give. */
export const staleFiles = (): readonly string[] =>
  generated()
    .filter(({ file, text }) => !existsSync(path.join(ROOT, file)) || readText(file) !== text)
    .map(({ file }) => file);

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const stale = staleFiles();
    for (const file of stale) console.error(`${file} is stale: run npm run generate`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    for (const { file, text } of generated()) {
      mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
      writeFileSync(path.join(ROOT, file), text);
    }
  }
}
