/** Loaded before every test: random tests draw the same values in each run, so that no run fails by luck (campaigns draw freely), and no test signs with the key of this machine. */

import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 2026 });
process.env['RIG_KEYS'] = path.join(tmpdir(), 'bms-rig-test-keys');
