#!/usr/bin/env node
'use strict';
// Starts the rig on a Node.js that runs TypeScript: in this process where it is new enough, otherwise on the runtime packaged with the project.

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const NEEDED = 24;
const PARENT_CHECK_ms = 20;
const source = path.join(__dirname, 'main.ts');
const main = existsSync(source) ? source : path.join(__dirname, 'main.js');
// Compiled code is kept in the project's own folder, so that the second start is the quick one. Where it cannot be written Node.js does without.
const cache = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'bms-rig');

const quickly = ['--require', path.join(__dirname, 'quick-loading.cjs')];
// Below node_modules Node.js wants help with TypeScript; workers inherit these as well.
const installed = __dirname.split(path.sep).includes('node_modules') && main === source;
const preload = installed
  ? ['--disable-warning=ExperimentalWarning', '--require', path.join(__dirname, 'installed.cjs'), ...quickly]
  : quickly;

const packagedRuntime = () => {
  try {
    const manifest = require.resolve(`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/package.json`);
    const binary = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

const startHere = () => {
  // Worker threads look at the variable alone.
  process.env.NODE_COMPILE_CACHE ??= cache;
  require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
  require('./quick-loading.cjs');
  return import(require('node:url').pathToFileURL(main).href);
};

const startOn = (binary) => {
  const { spawn } = require('node:child_process');
  const env = { NODE_COMPILE_CACHE: cache, ...process.env };
  const child = spawn(binary, [...preload, main, ...process.argv.slice(2)], { stdio: 'inherit', env });
  // A terminal's Ctrl-C reaches the whole group by itself, but `kill -INT` this process alone; the rig takes two within half a second for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm forwards no signals: a killed npx is known by its absence only.
  const gone = require('./ancestors.cjs').watchAncestors();
  setInterval(() => {
    if (gone()) child.kill('SIGTERM');
  }, PARENT_CHECK_ms).unref();
  child.on('error', (cause) => {
    console.error(`rig: the packaged Node.js could not be started: ${cause.message}`);
    console.error('     Run "npm ci" again, or install Node.js 24.');
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 130));
};

const start = () => {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return installed ? startOn(process.execPath) : startHere();
  const binary = packagedRuntime();
  if (binary !== null) return startOn(binary);
  console.error(
    `rig: Node.js ${NEEDED} or newer is needed, this is ${process.versions.node}, and no packaged runtime exists for ${process.platform}-${process.arch}.`,
  );
  console.error(`     Install Node.js ${NEEDED}, or run "npm ci" with optional dependencies allowed.`);
  process.exit(2);
};

const args = process.argv.slice(2);
// The overview is asked for most and need not wait for anything to load: a test keeps the file equal to what the parser says.
if (args.length === 1 && ['--help', '-h'].includes(args[0])) process.stdout.write(readFileSync(path.join(__dirname, 'help.txt'), 'utf8'));
else start();
