// A small static server of one folder that can be exchanged or switched off: what a host does when the app is updated or away.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export class ServedFolder {
  folder: string;
  readonly #port: number;
  #server: Server | undefined;

  constructor(folder: string, port: number) {
    this.folder = folder;
    this.#port = port;
  }

  async open(): Promise<void> {
    this.#server = createServer((request, response) => {
      const address = decodeURIComponent(new URL(request.url ?? '/', 'http://here').pathname);
      const file = path.join(this.folder, address.endsWith('/') ? `${address}index.html` : address);
      if (!file.startsWith(this.folder) || !existsSync(file) || !statSync(file).isFile()) {
        response.writeHead(404).end();
        return;
      }
      // `Vary` as many hosts send it: a cache that takes it at its word finds nothing again.
      response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] ?? 'text/plain', Vary: 'Origin' });
      response.end(readFileSync(file));
    });
    await new Promise<void>((done) => this.#server?.listen(this.#port, '127.0.0.1', done));
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
