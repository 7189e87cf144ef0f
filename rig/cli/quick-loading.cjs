'use strict';
// Finds our own modules without asking the file system for each, and leaves out what a package brings that nobody asks it for: it halves what it takes to find several hundred modules.

const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');
const path = require('node:path');

const ours = pathToFileURL(path.join(__dirname, '..', '..', path.sep)).href;
const below = `${ours}node_modules/`;

// Messages of zod in some sixty languages; ours are our own (scenarios/language/shape-issues.ts).
const isLanguages = (specifier, parent) => specifier === '../locales/index.js' && parent.includes('/node_modules/zod/v4/');
// House rule: imports of ours name the file, with its ending.
const isOwn = (specifier, parent) =>
  specifier.startsWith('.') && specifier.endsWith('.ts') && parent.startsWith(ours) && !parent.startsWith(below);

// What draws help for yargs: before it can measure anything it loads tables of all scripts of the world, and most commands draw none.
const drawsHelp = (specifier, parent, conditions) =>
  ['cliui', 'string-width'].includes(specifier) && parent.startsWith(`${below}yargs/`) && !conditions.includes('require');

/** A function that a package brings, found when it is first called. */
const onceCalled = (specifier, parent) => {
  const load = `createRequire(${JSON.stringify(parent)})(${JSON.stringify(specifier)})`;
  const source = `import { createRequire } from 'node:module';
let known = null;
const found = (all) => all.default ?? all;
export default (...given) => (known ??= found(${load}))(...given);`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
};

registerHooks({
  resolve: (specifier, context, next) => {
    const { parentURL: parent = '', conditions = [] } = context;
    if (isOwn(specifier, parent)) return { url: new URL(specifier, parent).href, format: 'module-typescript', shortCircuit: true };
    if (isLanguages(specifier, parent)) return { url: 'data:text/javascript,', format: 'module', shortCircuit: true };
    if (drawsHelp(specifier, parent, conditions)) return { url: onceCalled(specifier, parent), format: 'module', shortCircuit: true };
    return next(specifier, context);
  },
});
