/** The part of the WebAssembly interface that is used here; the standard library declares it for browsers only. */

export interface Memory {
  readonly buffer: ArrayBuffer;
}

export type Module = object;
export type Table = object;
export type Imports = Readonly<Record<string, unknown>>;

export interface Engine {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => Memory;
  readonly Table: new (size: { readonly element: 'anyfunc'; readonly initial: number }) => Table;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (module: Module, imports: { readonly host: Imports }) => { readonly exports: object };
}

declare const WebAssembly: Engine;

export const engine: Engine = WebAssembly;
