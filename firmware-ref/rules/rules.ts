/** The five signals' rules in one table. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { charger } from './charger.ts';
import { ledBlue, ledRed } from './leds.ts';
import { load } from './load.ts';
import { preAlarm } from './pre-alarm.ts';
import type { SignalRules } from './rule.ts';

export const RULES: Readonly<Record<SenseSignal, SignalRules>> = { load, preAlarm, charger, ledBlue, ledRed };
