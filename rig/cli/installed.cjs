'use strict';
// Lets Node.js run the TypeScript of this package where it is installed below node_modules, which Node.js itself refuses. Preloaded, also by each worker.

const { readFileSync } = require('node:fs');
const { registerHooks, stripTypeScriptTypes } = require('node:module');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

const ours = pathToFileURL(path.join(__dirname, '..', '..', path.sep)).href;

registerHooks({
  load: (url, context, next) => {
    if (!url.startsWith(ours) || !url.endsWith('.ts')) return next(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
    return { format: 'module', source, shortCircuit: true };
  },
});
