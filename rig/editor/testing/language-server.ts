/** yaml-language-server over its standard streams, as an editor drives it: opens texts, and asks what it says of them. */

import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Diagnostic {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Completion {
  readonly label: string;
}

const HEADER = /Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/u;
const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const BINARY = path.join(
  path.dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json')),
  'bin',
  'yaml-language-server',
);

export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #diagnostics = new Map<string, (found: readonly Diagnostic[]) => void>();
  #buffer = Buffer.alloc(0);
  #next = 1;
  #settings: object = {};

  private constructor() {
    this.#process = spawn(process.execPath, [BINARY, '--stdio'], { stdio: 'pipe' });
    this.#process.stdout.on('data', (bytes: Buffer) => this.#read(bytes));
  }

  /** With the schema for every file, as an editor's setting `yaml.schemas` says it. */
  static async start(schema: string): Promise<LanguageServer> {
    const server = new LanguageServer();
    await server.#ask('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(ROOT).href,
      capabilities: { workspace: { configuration: true } },
    });
    server.#tell('initialized', {});
    server.#settings = {
      schemas: { [pathToFileURL(path.join(ROOT, schema)).href]: '*.yaml' },
      schemaStore: { enable: false },
      completion: true,
      hover: true,
      validate: true,
    };
    server.#tell('workspace/didChangeConfiguration', { settings: {} });
    return server;
  }

  /** What the server marks in this text. */
  async check(name: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = this.#uri(name);
    const found = new Promise<readonly Diagnostic[]>((resolve) => this.#diagnostics.set(uri, resolve));
    this.#tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return found;
  }

  /** What it offers at the sign `|` of the text. */
  async complete(name: string, text: string): Promise<readonly string[]> {
    const result = (await this.#ask('textDocument/completion', await this.#at(name, text))) as { readonly items: readonly Completion[] };
    return result.items.map(({ label }) => label);
  }

  /** What it says of what stands at the sign `|`. */
  async hover(name: string, text: string): Promise<string> {
    const result = (await this.#ask('textDocument/hover', await this.#at(name, text))) as {
      readonly contents?: { readonly value: string };
    } | null;
    return result?.contents?.value ?? '';
  }

  stop(): void {
    this.#process.kill();
  }

  #uri(name: string): string {
    return pathToFileURL(path.join(ROOT, 'scenarios', 'regression', name)).href;
  }

  async #at(name: string, marked: string): Promise<object> {
    const [before = '', after = ''] = marked.split('|', 2);
    await this.check(name, before + after);
    const lines = before.split('\n');
    return { textDocument: { uri: this.#uri(name) }, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #tell(method: string, params: object): void {
    this.#send({ method, params });
  }

  async #ask(method: string, params: object): Promise<unknown> {
    const id = this.#next++;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #read(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const header = HEADER.exec(this.#buffer.toString('latin1'));
      if (header === null) return;
      const start = header.index + header[0].length;
      const end = start + Number(header[1]);
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString('utf8', start, end)) as Message;
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as {
        readonly uri: string;
        readonly diagnostics: readonly { readonly range: { readonly start: { readonly line: number } }; readonly message: string }[];
      };
      this.#diagnostics.get(uri)?.(diagnostics.map(({ range, message }) => ({ line: range.start.line, message })));
      this.#diagnostics.delete(uri);
    } else if (method !== undefined && id !== undefined) {
      const { items } = params as { readonly items?: readonly { readonly section?: string }[] };
      const settings = items?.map(({ section }) => (section === 'yaml' ? this.#settings : null));
      this.#send({ id, result: method === 'workspace/configuration' ? settings : null });
    } else if (id !== undefined) {
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    }
  }
}
