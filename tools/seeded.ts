/** Loaded before every test: random tests draw the same values in each run, so that no run fails by luck (campaigns draw freely), no test signs with the key of this machine, and code is compiled once for all processes and threads. */

import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 2026 });
process.env['RIG_KEYS'] = path.join(tmpdir(), 'bms-rig-test-keys');

// Where the launcher keeps it as well. Most of what a process or a worker thread costs that a test starts is taking the types off its sources.
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, '../node_modules/.cache/bms-rig');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
