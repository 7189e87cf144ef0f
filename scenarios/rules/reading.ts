/** Rules on files and their text: what cannot be read as YAML of the kind that scenarios are written in. */

import { body, rule } from './rule.ts';

export const READING = {
  'file-missing': rule('A file or folder that is named does not exist.', 'check the path'),
  'file-unreadable': rule('A file cannot be opened.', 'check its permissions'),
  'file-too-large': rule('A file has more than 1 MiB, or an included one is no plain file of that size.', 'divide it'),
  'picture-unfit': rule(
    'The picture of a question is none that a report can show: PNG, JPEG, GIF or WebP of at most 128 KiB.',
    'save it as one of these, small enough',
  ),
  'folder-empty': rule('A folder holds no scenario.', 'name a folder with .yaml files'),
  'duplicate-case': rule(
    'Two files give cases of the same id: they bear the same name in folders of the same name.',
    'rename one of the files',
  ),
  'empty-file': rule('The file holds nothing.', 'start with `scenario:` and one sentence', '«empty-file»\n'),
  'not-text': rule(
    'The file, or a value, is not the text that is asked for here.',
    'write plain UTF-8 text, in quotes where it looks like a number',
    'scenario: «not-text»12\ncovers: [REACTION]\n',
  ),
  'hidden-sign': rule(
    'A control character, or a sign that cannot be seen or that turns the direction of writing.',
    'take it out',
    'scenario: «hidden-sign»"A \\e[31mred title"\ncovers: [REACTION]\n',
  ),
  'yaml-syntax': body('The text is no YAML.', 'mend brackets, quotes and indentation', 'given: { supply: 12 V\n«yaml-syntax»steps: []'),
  tab: body('A line is indented with a tab.', 'indent with blanks', 'given:\n«tab»\tsupply: 12 V'),
  alias: body(
    'A YAML alias: scenarios have none, so that no file can swell.',
    'write the value out, or use a parameter',
    'given: { supply: &v 12 V }\nsteps:\n  - { at: 4 s, supply: «alias»*v }',
  ),
  tag: body('A YAML tag: scenarios have none.', 'take it out', 'given: !!map «tag»{ supply: 12.8 V }'),
  'several-documents': body('A second YAML document in one file.', 'one scenario a file', '«several-documents»---\nscenario: B'),
  'duplicate-key': body(
    'A key stands twice in one mapping.',
    'keep one of the two',
    'given:\n  supply: 12 V\n  «duplicate-key»supply: 13 V',
  ),
  'bad-key': body('A key is a list, a mapping or no name at all.', 'write key: value', '? «bad-key»{ a: b }\n: c'),
  'too-deep': rule(
    'Brackets, mappings or includes are nested deeper than any scenario needs.',
    'write out what they come to',
    `a: ${'{ b: '.repeat(24)}«too-deep»${'{ b: '.repeat(76)}`,
  ),
  'too-large': rule('What parameters, sweeps, includes and repetitions come to is more than a run can hold.', 'sweep or include less'),
  'not-a-mapping': rule('The file is a list or a single value.', 'start with `scenario:` and one sentence', '«not-a-mapping»- a\n'),
  more: rule('More mistakes than anyone reads at once.', 'mend the first ones'),
} as const;
