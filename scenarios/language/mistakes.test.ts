/** Mistakes an author makes, each marked «issue-id» at the very place where it must be reported; everything unmarked must be silent. */

import { expect } from 'chai';
import { readAndCompile } from '../compile.ts';
import { HEAD, unmark } from '../rules/rule.ts';

const found = (text: string): readonly string[] =>
  readAndCompile({ file: 'a/b.yaml', bytes: new TextEncoder().encode(text) }).issues.map(({ line, col, id }) => `${line}:${col} ${id}`);

const hints = (text: string): readonly string[] =>
  readAndCompile({ file: 'a/b.yaml', bytes: new TextEncoder().encode(text) }).issues.map(({ hint }) => hint);

const step = (words: string): string => `${HEAD}steps:\n  - ${words}\n`;

const MISTAKES: Readonly<Record<string, string>> = {
  'a bare number': `${HEAD}given:\n  supply: «bare-number»12.8\n`,
  'a number that is none': `${HEAD}given:\n  supply: «not-a-quantity».nan\n`,
  'a colour of a terminal': 'scenario: A «hidden-sign»\u001B[31mred title\ncovers: [REACTION]\n',
  'text turned round by an escape': 'scenario: «hidden-sign»"A \\u202Eeltit"\ncovers: [REACTION]\n',
  'lines that end in a carriage return': 'scenario: A title«hidden-sign»\rcovers: [REACTION]\r',
  'a misspelt signal is one mistake': `${HEAD}expect:\n  - { at: 2 s, «unknown-key»laod: high }\n`,
  'a misspelt parameter is one mistake': `${HEAD}parameters: { volts: 12 V }\ngiven: { supply: «unknown-parameter»$(volt }\n`,
  'a sweep that is too long is one mistake': `${HEAD}parameters: { volts: }\nsweep: «too-many-points»{ volts: { from: 8 V, to: 70 V, step: 1 mV } }\ngiven: { supply: $volts }\n`,
  'a word that every object knows': step('{ at: 4 s, «unknown-key»toString: open }'),
  'more than an output is rated for is one mistake': `${HEAD}given:\n  attached: { load: «over-rating»{ resistor: 5 Ohm } }\n`,
  'a bare number in quotes': `${HEAD}given:\n  supply: «bare-number»"12.8"\n`,
  'a wrong unit': `${HEAD}given:\n  supply: «wrong-unit»12.8 s\n`,
  'an unknown unit': `${HEAD}given:\n  supply: «unknown-unit»12.8 volts\n`,
  'a decimal comma': `${HEAD}given:\n  supply: «not-a-quantity»12,8 V\n`,
  'too many digits': `${HEAD}given:\n  supply: «too-fine»12.8005 V\n`,
  'a supply out of range': `${HEAD}given:\n  supply: «out-of-range»71 V\n`,
  'a bank setting out of its published range': `${HEAD}given:\n  battery: { low cell: «out-of-range»2.81 V, pre-alarm: «out-of-range»2.84 V, low temperature: «out-of-range»21 °C }\n`,
  'a cell above the ceiling': step('{ at: 4 s, cells: «out-of-range»4.1 V }'),
  'a remote voltage out of range': step('{ at: 4 s, remote: { H: «out-of-range»5.1 V } }'),
  'an unknown key at the top': `${HEAD}«unknown-key»step: []\n`,
  'an unknown key in given': `${HEAD}given:\n  «unknown-key»suply: 12.8 V\n`,
  'an unknown key in a step': step('{ at: 4 s, «unknown-key»pole: open, poles: open }'),
  'an unknown key in a union': step('{ at: 4 s, cells: { lowest: 3 V, «unknown-key»higest: 3.1 V } }'),
  'a ramp without its time': step('{ at: 4 s, supply: «missing-key»{ ramp to: 9 V } }'),
  'a misspelt key is one mistake': step('{ at: 4 s, supply: { «unknown-key»ramp: 9 V, over: 1 s } }'),
  'a misspelt word of what happens is one mistake': step('{ at: 4 s, «unknown-key»cels: 2.7 V, for: 1 s }'),
  'a misspelt word of when is one mistake': step('{ «unknown-key»ta: 4 s, cells: 2.7 V }'),
  'no title': '«missing-key»covers: [REACTION]\n',
  'no covers': '«no-covers»scenario: A title\n',
  'empty covers': 'scenario: A title\ncovers: «no-covers»[]\n',
  'an unknown requirement': 'scenario: A title\ncovers: [REACTION, «unknown-requirement»LOAD_UV]\n',
  'covers that is no list': 'scenario: A title\ncovers: «wrong-kind»REACTION\n',
  'a tag of two words': `${HEAD}tags: [«not-a-tag»two words]\n`,
  'a title that is a number': 'scenario: «not-text»12\ncovers: [REACTION]\n',
  'a key without a value': `${HEAD}given:\n  «missing-value»supply:\n`,
  'steps that are no list': `${HEAD}steps: «wrong-kind»{ at: 4 s }\n`,
  'a step that is no mapping': `${HEAD}steps:\n  - «wrong-kind»open\n`,
  'two time words': step('{ at: 4 s, «two-times»wait: 1 s, poles: open }'),
  'no time word': step('«no-time»{ poles: open }'),
  'a step that does nothing': step('«empty-step»{ at: 4 s }'),
  'a delay without an edge': step('{ at: 4 s, «stray-key»delay: 1 s, «stray-key»timeout: 2 s, poles: open }'),
  'steps going backwards': `${step('{ at: 4 s, poles: open }')}  - { at: «backwards»3 s, poles: closed }\n`,
  'two steps at one instant': `${step('{ at: 4 s, poles: open }')}  - { at: «same-time»4 s, poles: closed }\n`,
  'two steps too close': `${step('{ at: 4 s, poles: open }')}  - { at: «too-close»4.000049 s, poles: closed }\n`,
  'a wait too short': `${step('{ at: 4 s, poles: open }')}  - { wait: «too-close»49 us, poles: closed }\n`,
  'a step at the start': step('{ at: «too-close»0 s, poles: open }'),
  'a time that a relative step may reach': `${step('{ after: load rises, timeout: 5 s, poles: open }')}  - { at: «unreachable»5 s, poles: closed }\n`,
  'a step in the given remote': `${HEAD}given:\n  remote: { H: 3.1 V }\nsteps:\n  - { at: «backwards»50 ms, poles: open }\n`,
  'bank words and poles': `${HEAD}given:\n  cells: 3.3 V\nsteps:\n  - { at: 4 s, «bank-and-poles»poles: open }\n  - { at: 5 s, poles: closed }\n`,
  'poles and bank words': `${HEAD}given:\n  poles: closed\nsteps:\n  - { at: 4 s, «bank-and-poles»cable: broken }\n`,
  'an unknown word': step('{ at: 4 s, remote: «unknown-word»of }'),
  'an unknown state of a pole': step('{ at: 4 s, poles: { 1: «unknown-word»opne } }'),
  'a pole that is not there': step('{ at: 4 s, poles: { «unknown-key»2: open } }'),
  'an empty mapping': step('{ at: 4 s, poles: «empty-mapping»{} }'),
  'both terminals driven with the link closed': step('{ at: 4 s, remote: «both-driven»{ link: closed, H: 3 V, L: 1 V } }'),
  'a remote driven without a supply': `${HEAD}given:\n  supply: 7.9 V\n  remote: «remote-unpowered»H to battery\n`,
  'a remote driven before its supply has come': `${HEAD}given:\n  supply: 7 V\nsteps:\n  - { at: 4 s, supply: 12 V, remote: «remote-unpowered»H to battery }\n`,
  'a supply taken from a driven remote': `${HEAD}given:\n  remote: L to minus\nsteps:\n  - { at: 4 s, supply: «remote-unpowered»{ dip to: 5 V, for: 10 ms } }\n`,
  'a dip upwards': step('{ at: 4 s, supply: { dip to: «not-a-dip»13 V, for: 10 ms } }'),
  'a ramp to where it is': step('{ at: 4 s, supply: { ramp to: «ramp-nowhere»12.8 V, over: 1 s } }'),
  'a ramp faster than the supply': step('{ at: 4 s, supply: { ramp to: 69 V, over: «too-fast»11 ms } }'),
  'a dip shorter than the supply needs': step('{ at: 4 s, supply: { dip to: 5 V, for: «too-fast»1 ms } }'),
  'a ramp with company': step('{ at: 4 s, «not-alone»supply: { ramp to: 9 V, over: 1 s }, poles: open }'),
  'a remote ramp from an open terminal': step('{ at: 4 s, remote: { H: «ramp-from-nowhere»{ ramp to: 3 V, over: 1 s } } }'),
  'cells in the wrong order': step('{ at: 4 s, cells: «cells-order»{ lowest: 3.4 V } }'),
  'a bank word while a ramp runs': `${step('{ at: 4 s, cells: { ramp to: 3.2 V, over: 2 s } }')}  - { at: 5 s, «ramp-running»temperature: 3 °C }\n`,
  'a supply word while a ramp runs': `${step('{ at: 4 s, supply: { ramp to: 9 V, over: 2 s } }')}  - { at: 5 s, «ramp-running»supply: 12 V }\n`,
  'a crossing too close to a step': `${step('{ at: 4 s, cells: «too-close»{ ramp to: 2.9 V, over: 4 s } }')}  - { at: 6 s, remote: off }\n`,
  'a wait after an edge that the fixture cannot count': `${step('{ after: load rises, poles: open }')}  - «too-long»{ wait: 501 s, poles: closed }\n`,
  'a timeout that the fixture cannot count': step('{ after: load rises, timeout: «out-of-range»501 s, poles: open }'),
  'an unknown signal in an edge': step('{ after: «unknown-signal»laod rises, poles: open }'),
  'an edge a LED does not have': step('{ after: «unknown-edge»ledRed rises, poles: open }'),
  'a delay too short for the fixture': step('{ after: load rises, delay: «out-of-range»1 ms, poles: open }'),
  'a reserved name': step('{ at: 4 s, name: «not-a-name»end, poles: open }'),
  'a name given twice': `${step('{ at: 4 s, name: a, poles: open }')}  - { wait: 1 s, name: «duplicate-name»a, poles: closed }\n`,
  'an end before the last step': `${step('{ at: 4 s, poles: open }')}until: «until-too-early»4 s\n`,
  'an unknown level': `${HEAD}expect:\n  - { at: 2 s, load: «unknown-level»on }\n`,
  'an unknown state of a LED': `${HEAD}expect:\n  - { at: 2 s, ledRed: «unknown-level»high }\n`,
  'an unknown signal': `${HEAD}expect:\n  - { at: 2 s, load: high, «unknown-key»ledGreen: on }\n`,
  'a line that expects nothing': `${HEAD}expect:\n  - «nothing-expected»{ at: 2 s }\n`,
  'a span without an end': `${HEAD}expect:\n  - «missing-key»{ from: 2 s, load: high }\n`,
  'a span that ends before it starts': `${HEAD}expect:\n  - { from: 2 s, to: «backwards»1 s, load: high }\n`,
  'an edge without a limit': `${HEAD}expect:\n  - «no-limit»{ edge: load rises, after: 0 s }\n`,
  'an edge with its limits crossed': `${HEAD}expect:\n  - { edge: load rises, after: 0 s, not before: 2 s, within: «backwards»1 s }\n`,
  'an order of one edge': `${HEAD}expect:\n  - { in this order: «no-order»[load rises] }\n`,
  'an order of none': `${HEAD}expect:\n  - { in this order: «no-order»[] }\n`,
  'an order of levels': `${HEAD}expect:\n  - { in this order: [load rises, «unknown-edge»charger high] }\n`,
  'an order that is no list': `${HEAD}expect:\n  - { in this order: «wrong-kind»load rises }\n`,
  'never with a level beside it': `${HEAD}expect:\n  - { never: load falls, «unknown-key»load: high }\n`,
  'never a level': `${HEAD}expect:\n  - { never: «not-an-edge»load }\n`,
  'never over a span that ends before it starts': `${HEAD}expect:\n  - { never: load falls, from: 2 s, to: «backwards»1 s }\n`,
  'eventually after the end': `${HEAD}expect:\n  - { eventually: load rises, after: «not-a-moment»end }\n`,
  'eventually by a moment behind the end': `${HEAD}expect:\n  - { eventually: load rises, by: «after-end»9 s }\n`,
  'eventually from': `${HEAD}expect:\n  - { eventually: load rises, «unknown-key»from: 2 s }\n`,
  'an order from a step that does not exist': `${HEAD}expect:\n  - { in this order: [load rises, charger rises], from: «unknown-step»low }\n`,
  'a step that does not exist': `${HEAD}expect:\n  - { edge: load rises, after: «unknown-step»step 1, within: 1 s }\n`,
  'a step name that does not exist': `${step('{ at: 4 s, name: low, poles: open }')}expect:\n  - { at: «unknown-step»lwo + 1 s, load: high }\n`,
  'a probe at an edge': `${HEAD}expect:\n  - { at: «needs-a-step»load rises + 1 s, charger: floating }\n`,
  'a check that the end cuts off': `${HEAD}measure:\n  - { at: «after-end»2.998 s, what: supplyVoltage, low: 12 V }\n`,
  'a check that others push behind the end': `${HEAD}measure:\n  - { at: 2.994 s, what: supplyVoltage, low: 12 V }\n  - { at: «after-end»2.994 s, what: loadVoltage, low: 12 V }\n`,
  'a sink that the end cuts off': `${HEAD}measure:\n  - { at: «after-end»2.98 s, what: loadDrop, sink: 1 A, high: 0.3 V }\n`,
  'a probe at the end': `${HEAD}expect:\n  - { at: «after-end»3 s, preAlarm: floating }\n`,
  'a check after the end': `${HEAD}expect:\n  - { at: «after-end»3.1 s, load: high }\n`,
  'a check on a step': `${step('{ at: 4 s, poles: open }')}measure:\n  - { at: «race»4 s, what: supplyVoltage, low: 12 V }\n`,
  'a check that may come before or after a step': `${step('{ after: load rises, poles: open }')}measure:\n  - { at: «race»1 s, what: supplyVoltage, low: 12 V }\n`,
  'a measurement without a limit': `${HEAD}measure:\n  - «no-limit»{ at: 1 s, what: loadDrop }\n`,
  'a measurement in the wrong unit': `${HEAD}measure:\n  - { at: 1 s, what: loadDrop, high: «wrong-unit»2 mA }\n`,
  'a measurement with its limits crossed': `${HEAD}measure:\n  - { at: 1 s, what: loadDrop, low: 2 V, high: «backwards»1 V }\n`,
  'something the bench does not measure': `${HEAD}measure:\n  - { at: 1 s, what: «unknown-signal»loadCurrent, high: 1 A }\n`,
  'a question without choices': step('{ at: 4 s, ask: «missing-key»{ text: Lit? } }'),
  'a question without what is right': step('{ at: 4 s, ask: «missing-key»{ text: Lit?, choices: [a, b] } }'),
  'a right answer that is not offered': step('{ at: 4 s, ask: { text: Lit?, choices: [lit, dark], right: «no-such-choice»litt } }'),
  'a choice twice': step('{ at: 4 s, ask: { text: Lit?, choices: «duplicate-name»[lit, lit], right: lit } }'),
  'a choice that is no text': step('{ at: 4 s, ask: { text: Lit?, choices: [«not-text»true, no], right: no } }'),
  'a question with a sign that moves the cursor': step('{ at: 4 s, ask: { text: «hidden-sign»"a\\e[2J", choices: [done] } }'),
  'a question and a stimulus': step('{ at: 4 s, «not-alone»ask: { text: Lit?, choices: [done] }, poles: open }'),
  'a question for a while': step('{ at: 4 s, «not-alone»ask: { text: Lit?, choices: [done] }, for: 2 s }'),
  'a question again and again': step('{ at: 4 s, every: 200 s, times: 2, «not-alone»ask: { text: Lit?, choices: [done] } }'),
  'a question while a ramp runs': `${step('{ at: 4 s, supply: { ramp to: 9 V, over: 9 s } }')}  - { at: 5 s, «ramp-running»ask: { text: Lit?, choices: [done] } }\n`,
  'a picture elsewhere': step('{ at: 4 s, ask: { text: Lit?, choices: [done], picture: «include-escape»../../lamp.png } }'),
  'no time for an answer': step('{ at: 4 s, ask: { text: Lit?, choices: [done], within: «out-of-range»0 s } }'),
  'a time that an answer may reach': `${step('{ at: 4 s, ask: { text: Lit?, choices: [done] } }')}  - { at: «unreachable»60 s, poles: open }\n`,
  'a check that an answer may come before': `${step('{ at: 4 s, ask: { text: Lit?, choices: [done] } }')}measure:\n  - { at: «race»5 s, what: supplyVoltage, low: 12 V }\n`,
  'a margin wider than the window': `${HEAD}measure:\n  - { at: 1 s, what: loadDrop, low: 0 V, high: 0.2 V, margin: «out-of-range»0.1 V }\n`,
  'a margin in the wrong unit': `${HEAD}measure:\n  - { at: 1 s, what: loadDrop, high: 0.2 V, margin: «wrong-unit»1 mA }\n`,
  'a switching point without a ramp': `${step('{ at: 4 s, name: low, poles: open }')}measure:\n  - { what: switching point, edge: load falls, along: «no-ramp»low, high: 8 V }\n`,
  'a switching point along a ramp of the bank': `${step('{ at: 4 s, name: low, cells: { ramp to: 2.9 V, over: 9 s } }')}measure:\n  - { what: switching point, edge: load falls, along: «no-ramp»low, high: 8 V }\n`,
  'a switching point of a LED': `${HEAD}measure:\n  - { what: switching point, edge: «unknown-edge»ledBlue lights, along: step 1, high: 8 V }\n`,
  'a switching point at a time': `${HEAD}measure:\n  - «missing-key»{ what: switching point, «unknown-key»at: 4 s, edge: load falls, high: 8 V }\n`,
  'a switching point along a time': `${HEAD}measure:\n  - { what: switching point, edge: load falls, along: «needs-a-step»4 s, high: 8 V }\n`,
  'a switching point along a step that is not there': `${HEAD}measure:\n  - { what: switching point, edge: load falls, along: «unknown-step»low, high: 8 V }\n`,
  'a switching point without a limit': `${step('{ at: 4 s, name: low, supply: { ramp to: 6 V, over: 60 s } }')}measure:\n  - «no-limit»{ what: switching point, edge: load falls, along: low }\n`,
  'a switching point in amperes': `${step('{ at: 4 s, name: low, supply: { ramp to: 6 V, over: 60 s } }')}measure:\n  - { what: switching point, edge: load falls, along: low, high: «wrong-unit»8 mA }\n`,
  'a limit that the ramp does not pass': `${step('{ at: 4 s, name: low, supply: { ramp to: 8 V, over: 60 s } }')}measure:\n  - { what: switching point, edge: load falls, along: low, high: «off-the-ramp»8 V }\n`,
  'something else while the ramp runs': `${step('{ at: 4 s, name: low, supply: { ramp to: 6 V, over: 60 s } }')}  - { at: 9 s, poles: { 3: open } }\nmeasure:\n  - { what: switching point, edge: load falls, along: «not-alone»low, high: 8 V }\n`,
  'a value along a ramp': `${HEAD}measure:\n  - { at: 1 s, what: loadDrop, «unknown-key»along: step 1, high: 1 V }\n`,
  'a sink that does not fit': `${HEAD}measure:\n  - { at: 1 s, what: chargerDrop, sink: «wrong-sink»1 A, high: 1 V }\n`,
  'a key twice': `${HEAD}given:\n  supply: 12 V\n  «duplicate-key»supply: 13 V\n`,
  tabs: `${HEAD}given:\n«tab»\tsupply: 12 V\n  «tab»\tremote: link\n`,
  'an alias': `${HEAD}given: { supply: &v 12 V }\nsteps:\n  - { at: 4 s, supply: «alias»*v }\n`,
  'a second document': `${HEAD}«several-documents»---\nscenario: B\n`,
  'brackets left open': `${HEAD}given: { supply: 12 V\n«yaml-syntax»steps: []\n`,
  'a word that is to last and says nothing else': step('{ at: 4 s, name: a, «stray-key»for: 1 s }'),
  'a ramp that is to last': step('{ at: 4 s, supply: { ramp to: 9 V, over: 1 s }, «not-alone»for: 2 s }'),
  'noise that is to last': step('{ at: 4 s, cells: { noise: 10 mV, every: 1 s, for: 3 s }, «not-alone»for: 2 s }'),
  'a word while a pulse of it runs': `${step('{ at: 4 s, poles: { 1: open }, for: 2 s }')}  - { at: 5 s, «ramp-running»poles: closed }\n`,
  'a word of the bank while a pulse of it runs': `${step('{ at: 4 s, cells: 3 V, for: 2 s }')}  - { at: 5 s, «ramp-running»cells: 3.2 V }\n`,
  'a remote word while the supply dips': `${step('{ at: 4 s, supply: 9 V, for: 2 s }')}  - { at: 5 s, «ramp-running»supply: 10 V }\n`,
  'a change of supply too short for it': step('{ at: 4 s, supply: 60 V, for: «too-fast»1 ms }'),
  'a sink without a duration': step('{ at: 4 s, «no-duration»sink: { load: 1 A } }'),
  'a sink longer than the fixture allows': step('{ at: 4 s, sink: { load: 1 A }, for: «pulse-too-long»51 ms }'),
  'a short longer than the fixture allows': step('{ at: 4 s, short: charger, for: «pulse-too-long»101 ms }'),
  'a short on an output that is not proof against it': step('{ at: 4 s, short: «unprotected»load, for: 50 ms }'),
  'a short on no output': step('{ at: 4 s, short: «unknown-word»chargers, for: 50 ms }'),
  'a sink of a current the bench does not have': step('{ at: 4 s, sink: { load: «unknown-word»2 A }, for: 20 ms }'),
  'two sinks at once': step('{ at: 4 s, «two-sinks»sink: { load: 1 A, preAlarm: 1 A }, for: 20 ms }'),
  'a sink and the bank at once': step('{ at: 4 s, «not-alone»sink: { load: 1 A }, for: 20 ms, cells: 3 V }'),
  'a short of CHARGER that has not rested': `${step('{ at: 4 s, short: charger, for: 50 ms }')}  - «sink-rest»{ wait: 60 ms, short: charger, for: 20 ms }\n`,
  'a sink that has not rested': `${step('{ at: 4 s, sink: { load: 1 A }, for: 40 ms }')}  - «sink-rest»{ wait: 100 ms, sink: { load: 1 A }, for: 20 ms }\n`,
  'noise beyond what the supply can be': step('{ at: 4 s, supply: { noise: «out-of-range»20 V, every: 10 ms, for: 1 s } }'),
  'noise faster than the supply': step('{ at: 4 s, supply: { noise: 10 V, every: «too-fast»2 ms, for: 1 s } }'),
  'noise with too many values': step('{ at: 4 s, supply: { noise: 1 V, every: «too-many-steps»2 ms, for: 100 s } }'),
  'noise of a terminal that is not driven': step('{ at: 4 s, remote: { H: «ramp-from-nowhere»{ noise: 0.1 V, every: 10 ms, for: 1 s } } }'),
  'a seed that is none': step('{ at: 4 s, supply: { noise: 1 V, every: 10 ms, for: 1 s, seed: «not-a-count»-1 } }'),
  'a pulse to where it is': step('{ at: 4 s, supply: { pulse to: «ramp-nowhere»12.8 V, for: 10 ms } }'),
  'noise and a ramp of the bank in one step': step(
    '{ at: 4 s, cells: «not-alone»{ lowest: { noise: 10 mV, every: 1 s, for: 3 s }, highest: { ramp to: 3.4 V, over: 1 s } } }',
  ),
  'a cell by number without a bank': step('{ at: 4 s, cells: { «no-such-cell»cell 3: 3 V } }'),
  'a cell that is not there': `${HEAD}given: { bank: { batteries: 2 } }\nsteps:\n  - { at: 4 s, cells: { «no-such-cell»battery 2 cell 5: 3 V } }\n`,
  'a battery that is not there': `${HEAD}given: { bank: { batteries: 2 }, temperature: { «no-such-cell»battery 3: 30 °C } }\n`,
  'a cell of no battery in particular': `${HEAD}given: { bank: { batteries: 2 }, cells: { «no-such-cell»cell 1: 3 V } }\n`,
  'the lowest cell of a bank by number': `${HEAD}given: { bank: { batteries: 2 }, cells: { «cells-two-ways»lowest: 3 V } }\n`,
  'a cell by a number that cannot be': `${HEAD}given: { bank: { batteries: 2 }, cells: { battery 1: 3 V, «unknown-key»battery 21 cell 1: 3 V } }\n`,
  'more batteries than a bank may have': `${HEAD}given: { bank: { batteries: «not-a-count»21 } }\n`,
  'a bank and poles': `${HEAD}given: { bank: { batteries: 2 }, «bank-and-poles»poles: closed }\n`,
  'a coil on CHARGER': `${HEAD}given: { attached: { charger: «coil-on-charger»{ coil: 10 kOhm } } }\n`,
  'a load above the rating': `${HEAD}given: { attached: { load: «over-rating»{ resistor: 12 Ohm } } }\n`,
  'a load above the rating of CHARGER': `${HEAD}given: { attached: { charger: «over-rating»{ resistor: 1 kOhm } } }\n`,
  'a load above the rating at a later supply': `${HEAD}given: { attached: { load: «over-rating»{ coil: 24 Ohm } } }\nsteps:\n  - { at: 5 s, supply: 25.6 V }\n`,
  'loads above what the bench supplies': `${HEAD}given: { «over-rating»attached: { load: { resistor: 13 Ohm }, preAlarm: { resistor: 13 Ohm } } }\n`,
  'something that cannot be attached': `${HEAD}given: { attached: { load: «unknown-word»relay } }\n`,
  'a resistance in volts': `${HEAD}given: { attached: { load: { resistor: «wrong-unit»12 V } } }\n`,
  'a sink on an output that carries its current already': `${HEAD}given: { attached: { load: { resistor: 24 Ohm } } }\nsteps:\n  - { at: 5 s, sink: { load: «over-rating»1 A }, for: 20 ms }\n`,
  'a sink of a measurement on such an output': `${HEAD}given: { attached: { load: { resistor: 24 Ohm } } }\nmeasure:\n  - { at: 2 s, what: loadDrop, sink: «over-rating»1 A, high: 0.3 V }\n`,
  'the consumption with something attached': `${HEAD}given: { attached: { load: { resistor: 24 Ohm } } }\nmeasure:\n  - { at: 2 s, what: «attached-current»supplyCurrent, high: 3 mA }\n`,
  'a float behind a coil': `${HEAD}given: { remote: off, attached: { load: { coil: 48 Ohm } } }\nexpect:\n  - { at: 2 s, load: «coil-not-probed»floating }\n`,
  'words that open all poles': step('{ at: 4 s, cells: «reads-as-broken-chain»{ lowest: 2.7 V }, temperature: 2 °C }'),
};

describe('mistakes', () => {
  for (const [name, marked] of Object.entries(MISTAKES)) {
    it(name, () => {
      const { text, expected } = unmark(marked);
      expect(found(text)).to.deep.equal(expected);
    });
  }

  it('say what to write where YAML made something else of it', () => {
    expect(hints(step('{ at: 4 s, cells: 2,7 V }'))).to.include('a decimal has a point, not a comma, e.g. 2.7 V');
    expect(hints(`${HEAD}given: { attached: { load: 48 Ohm } }\n`)).to.deep.equal([
      'known here: nothing, remote input, { resistor: 24 Ohm }, { coil: 48 Ohm }',
    ]);
    expect(hints(step('{ at: 4 s, remote: on }'))[0]).to.include('{ H: 3.1 V }');
    expect(hints(step('wait 3 s'))).to.deep.equal(['a key has a colon behind it, e.g. wait: 3 s']);
    expect(hints(step('{ at: 4 s, poles: { 2: open } }'))).to.deep.equal(['known here: 1, 3, 4']);
    expect(hints(`${HEAD}given: { bank: { batteries: 2 } }\nsteps:\n  - { at: 4 s, cells: { battery $last: 3 V } }\n`)[0]).to.include(
      'never in keys',
    );
  });

  it('come all at once, in the order of the file', () => {
    const { text, expected } = unmark(`scenario: «not-text»[]
covers: [«unknown-requirement»LOAD-UVV, PRE-30S]
«unknown-key»givn: 1
given:
  supply: «bare-number»12.8
  remote: { H: «bare-number»3.1, L: «out-of-range»6 V }
  cells: { lowest: 2.9 V, «unknown-key»higest: 3.1 V }
steps:
  - at: 5 s
    cells: «wrong-unit»3.0 mA
  - at: «backwards»4 s
    cells: { «unknown-key»ramp: 2.7 V, over: 10 s }
  - wait: 4 s
    «two-times»at: 9 s
    «bank-and-poles»poles: { 1: open, 4: «unknown-word»opne }
  - «no-time»supply: 5V
  - after: «unknown-edge»load sinks
    delay: «unknown-unit»5 ks
    remote: «unknown-word»offf
expect:
  - { at: 4 s, «unknown-key»lod: high }
  - «nothing-expected»{ at: 4 s }
  - { at: 4 s, ledRed: «unknown-level»high }
  - «no-limit»{ edge: load falls, after: «not-a-moment»stp 3 }
  - «wrong-kind»foo
measure:
  - { at: 4 s, what: supplyCurrent, low: «wrong-unit»1.1 V }
`);
    expect(found(text)).to.deep.equal(expected);
  });

  it('state rules still judge what a mistake elsewhere leaves readable', () => {
    const { text, expected } = unmark(
      `${HEAD}given:\n  supply: «bare-number»12\nsteps:\n  - { at: 4 s, supply: { dip to: «not-a-dip»60 V, for: 20 ms } }\n`,
    );
    expect(found(text)).to.deep.equal(expected);
  });
});
