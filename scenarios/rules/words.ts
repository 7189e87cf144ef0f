/** Rules on keys and words: what is missing, unknown, in the wrong place, or named twice. */

import { body, rule, steps } from './rule.ts';

export const WORDS = {
  'unknown-key': body(
    'A key that the language does not have here, such as the drive of a step.',
    'look for its name in LANGUAGE.md',
    'given:\n  «unknown-key»suply: 12.8 V',
  ),
  'missing-key': rule('A key that has to be there is missing.', 'add it', '«missing-key»covers: [REACTION]\n'),
  'no-covers': rule(
    'The scenario does not say which requirement it shows.',
    'name what it shows, e.g. covers: [LOAD-UV]',
    '«no-covers»scenario: A title\n',
  ),
  'missing-value': body('A key without a value.', 'give it one', 'given:\n  «missing-value»supply:'),
  'wrong-kind': body(
    'A list, a mapping or a text where another of them belongs.',
    'write it as LANGUAGE.md shows',
    'steps: «wrong-kind»{ at: 4 s }',
  ),
  'empty-list': body(
    'A list without an item.',
    'give it an item, or leave the key out',
    'tags: [a]\nsweep: { volts: «empty-list»[] }\nparameters: { volts: 12 V }\ngiven: { supply: $volts }',
  ),
  'empty-mapping': steps('A mapping without a key.', 'say what changes', '{ at: 4 s, poles: «empty-mapping»{} }'),
  'unknown-word': steps(
    'A word that is not among those that are known here.',
    'use one of the words that the message names',
    '{ at: 4 s, remote: «unknown-word»of }',
  ),
  'stray-key': steps(
    'A key that means nothing beside the others of its mapping.',
    'take it out, or add what it goes with',
    '{ at: 4 s, «stray-key»delay: 1 s, poles: open }',
  ),
  'not-a-tag': body('A tag that is not one word.', 'use letters, digits, ".", "_" and "-"', 'tags: [«not-a-tag»two words]'),
  'not-a-name': steps(
    'A name that means something else already, or is not one lower-case word.',
    'choose another name',
    '{ at: 4 s, name: «not-a-name»end, poles: open }',
  ),
  'duplicate-name': steps(
    'A name is given to two steps.',
    'rename one of them',
    '{ at: 4 s, name: a, poles: open }',
    '{ wait: 1 s, name: «duplicate-name»a, poles: closed }',
  ),
  'unknown-requirement': rule(
    '`covers` names a requirement that does not exist.',
    'take an id of scenarios/requirements/',
    'scenario: A title\ncovers: [REACTION, «unknown-requirement»LOAD_UV]\n',
  ),
  'bank-and-poles': body(
    'A scenario speaks of the bank and of poles.',
    'keep to one of the two',
    'given:\n  cells: 3.3 V\nsteps:\n  - { at: 4 s, «bank-and-poles»poles: open }',
  ),
} as const;
