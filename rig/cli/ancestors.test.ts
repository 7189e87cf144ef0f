import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const MODULE = JSON.stringify(fileURLToPath(new URL('ancestors.cjs', import.meta.url)));
/** Says "watching", and "gone" once it finds its ancestors gone. */
const WATCHER = `const gone = require(${MODULE}).watchAncestors(); console.log('watching'); setInterval(() => { if (gone()) { console.log('gone'); process.exit(); } }, 10)`;

/** A process that starts a shell that starts the watcher and stays with it, as npm does. */
const chain = (env: NodeJS.ProcessEnv) => {
  const shell = `"$0" -e "$1" & wait`;
  const top = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(shell)}, process.execPath, ${JSON.stringify(WATCHER)}], { stdio: 'inherit' }); setInterval(() => {}, 1e6);`;
  return spawn(process.execPath, ['-e', top], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
};

describe('ancestors', () => {
  if (process.platform === 'win32') return; // no shell of that kind there

  it("are gone when the npx behind npm's shell is, though the shell lives on", async () => {
    const child = chain({ npm_command: 'exec' });
    let said = '';
    const gone = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (text.includes('watching')) child.kill('SIGKILL');
        if (said.includes('gone')) resolve();
      });
    });
    await gone;
    expect(said).to.equal('watching\ngone\n');
  });

  it('are the parent alone elsewhere', async () => {
    const { npm_command: _, ...others } = process.env;
    const text = `const gone = require(${MODULE}).watchAncestors(); console.log(gone())`;
    const child = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'], env: others });
    let said = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk as string;
    expect(said).to.equal('false\n');
  });
});
