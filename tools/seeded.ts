/** Loaded before every test: random tests draw the same values in each run, so that no run fails by luck. Campaigns draw freely. */

import * as fc from 'fast-check';

fc.configureGlobal({ seed: 2026 });
