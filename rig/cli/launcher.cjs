#!/usr/bin/env node
'use strict';
// Starts the rig on a Node.js that runs TypeScript: in this process where it is new enough, otherwise on the runtime packaged with the project.

const { existsSync } = require('node:fs');
const path = require('node:path');

const NEEDED = 24;
const source = path.join(__dirname, 'main.ts');
const main = existsSync(source) ? source : path.join(__dirname, 'main.js');

const packagedRuntime = () => {
  try {
    const manifest = require.resolve(`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/package.json`);
    const binary = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

const startHere = () => import(require('node:url').pathToFileURL(main).href);

const startOn = (binary) => {
  const { spawn } = require('node:child_process');
  const child = spawn(binary, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the whole group by itself; the other two are sent to this process alone.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (cause) => {
    console.error(`rig: the packaged Node.js could not be started: ${cause.message}`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 130));
};

if (Number(process.versions.node.split('.')[0]) >= NEEDED) startHere();
else {
  const binary = packagedRuntime();
  if (binary === null) {
    console.error(`rig: Node.js ${NEEDED} or newer is needed, this is ${process.versions.node}, and no packaged runtime exists for ${process.platform}-${process.arch}.`);
    console.error(`     Install Node.js ${NEEDED}, or run "npm ci" with optional dependencies allowed.`);
    process.exit(2);
  }
  startOn(binary);
}
