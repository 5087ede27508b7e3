// Service worker: caches one complete version of the app and serves pages from it (cache first). Versions never mix: an open page
// keeps the files it was loaded with, and a new version waits for the next start.
// Built by tools/serviceWorker.ts, which fills in VERSION and FILES.
export {};

declare const self: ServiceWorkerGlobalScope;
declare const VERSION: string;
/** Address relative to the scope, SHA-256 in hex. The page itself is ''. */
declare const FILES: readonly (readonly [address: string, sha256: string])[];

const CACHE_PREFIX = 'hushcraft app ';
const CACHE = CACHE_PREFIX + VERSION;
/** Files from other apps (Web Share Target) until the page reads them; ui/features/import/launchParams.ts has this name too. */
const SHARED_CACHE = 'hushcraft shared';
const MAX_PARALLEL_FETCHES = 6;
const MAX_SHARED_FILES = 20;
const MAX_SHARED_BYTES = 2_000_000;
/** Headers of the transfer, not of the file. */
const TRANSFER_HEADERS = ['vary', 'content-encoding', 'content-length', 'transfer-encoding'];
/** The query may hold anything (`?go=night`). */
const MATCH_OPTIONS = { ignoreSearch: true, ignoreVary: true };

self.addEventListener('install', (event) => {
  event.waitUntil(fillCache());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOldVersions(0).then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
  if (event.data === 'page began') event.waitUntil(removeOldVersions(1));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  if (!request.url.startsWith(scope)) return;
  const address = new URL(request.url).pathname.slice(new URL(scope).pathname.length);
  if (request.method === 'POST' && address === 'share') event.respondWith(storeShared(request));
  else if (request.method === 'GET') event.respondWith(serve(request, address));
});

/** Caches every file or none. Each hash is checked: a server in the middle of an update cannot mix two versions. */
async function fillCache(): Promise<void> {
  const cache = await caches.open(CACHE);
  const queue = [...FILES];
  const fetchNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [address, sha256] = next;
      const url = new URL(address, self.registration.scope).href;
      await cache.put(url, (await fromOldVersion(url, sha256)) ?? (await fromServer(url, sha256)));
    }
  };
  try {
    await Promise.all(Array.from({ length: MAX_PARALLEL_FETCHES }, fetchNext));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function fromOldVersion(url: string, sha256: string): Promise<Response | null> {
  const found = await matchOldVersion(url);
  return found && (await digest(await found.clone().arrayBuffer())) === sha256 ? found : null;
}

async function fromServer(url: string, sha256: string): Promise<Response> {
  const response = await fetch(new Request(url, { cache: 'reload' }));
  const bytes = await response.arrayBuffer();
  if (!response.ok || (await digest(bytes)) !== sha256) throw new Error(`Wrong hash: ${url}`);
  const headers = new Headers(response.headers);
  for (const name of TRANSFER_HEADERS) headers.delete(name);
  return new Response(bytes, { headers });
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Deletes older versions when at most `maxWindows` pages are open: a page that reports its start runs this version. */
async function removeOldVersions(maxWindows: number): Promise<void> {
  const { installing, waiting } = self.registration;
  if (installing ?? waiting) return; // the next version does it when it starts
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.length > maxWindows) return;
  // In order of creation: a version that is being installed, but not announced yet, comes after this one.
  const names = await cachedVersions();
  for (const name of names.slice(0, Math.max(0, names.indexOf(CACHE)))) await caches.delete(name);
}

async function cachedVersions(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX));
}

async function matchOldVersion(request: RequestInfo): Promise<Response | undefined> {
  for (const cacheName of (await cachedVersions()).filter((name) => name !== CACHE)) {
    const found = await caches.match(request, { cacheName, ...MATCH_OPTIONS });
    if (found) return found;
  }
  return undefined;
}

async function serve(request: Request, address: string): Promise<Response> {
  const start = address === '' || address === 'index.html';
  // `match`, not `open`: that would create the cache again after all data was deleted.
  const own = await caches.match(start ? self.registration.scope : request, { cacheName: CACHE, ...MATCH_OPTIONS });
  // File names contain a hash: what is not of this version belongs to a page that was loaded with an older one.
  return own ?? (await matchOldVersion(request)) ?? fetch(request);
}

/** Web Share Target: a link is opened as one; files wait in a cache for the page, which decodes them. */
async function storeShared(request: Request): Promise<Response> {
  const home = self.registration.scope;
  try {
    const form = await request.formData();
    const texts = ['url', 'text', 'title'].map((name) => form.get(name)).filter((value) => typeof value === 'string');
    // Plain or encrypted, of any version: the page decodes it.
    const link = /(?:#|%23)([px]\d{1,3}\.[\w-]+)/i.exec(texts.join(' '));
    if (link) return Response.redirect(`${home}#${link[1] ?? ''}`, 303);
    const files = form.getAll('files').filter((value) => value instanceof File);
    const pasted = texts.find((value) => /^\s*\{/.test(value));
    if (pasted !== undefined) files.push(new File([pasted], 'shared.json', { type: 'application/json' }));
    const cache = await caches.open(SHARED_CACHE);
    for (const [index, file] of files.slice(0, MAX_SHARED_FILES).entries()) {
      if (file.size > MAX_SHARED_BYTES) continue;
      const headers = { 'Content-Type': 'application/json', 'X-Name': encodeURIComponent(file.name) };
      await cache.put(new URL(`shared/${String(index)}`, home), new Response(file, { headers }));
    }
  } catch (error) {
    console.error('shared:', error);
  }
  return Response.redirect(`${home}?go=shared`, 303);
}
