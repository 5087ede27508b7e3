// The service worker: keeps one whole version of the app on the device and serves pages from it. Two versions never mix:
// a page that is open goes on with the files it began with, and a new version waits for the next start.
// Built by tools/serviceWorker.ts, which fills in VERSION and FILES.
export {};

declare const self: ServiceWorkerGlobalScope;
declare const VERSION: string;
/** Address relative to the scope, SHA-256 in hex. The page itself is ''. */
declare const FILES: readonly (readonly [address: string, sha256: string])[];

const PREFIX = 'hushcraft app ';
const CACHE = PREFIX + VERSION;
/** What other apps shared, until the page has looked at it. The page knows the name too (ui/features/import/launchParams.ts). */
const SHARED = 'hushcraft shared';
const AT_ONCE = 6;
const MOST_SHARED = 20;
const MAX_SHARED_BYTES = 2_000_000;
/** Headers that speak of the way here, not of the file. */
const OF_THE_WAY = ['vary', 'content-encoding', 'content-length', 'transfer-encoding'];
/** The query may hold anything (`?go=night`). */
const LOOSELY = { ignoreSearch: true, ignoreVary: true };

self.addEventListener('install', (event) => {
  event.waitUntil(fill());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(tidy(0).then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
  if (event.data === 'page began') event.waitUntil(tidy(1));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  if (!request.url.startsWith(scope)) return;
  const address = new URL(request.url).pathname.slice(new URL(scope).pathname.length);
  if (request.method === 'POST' && address === 'share') event.respondWith(takeShared(request));
  else if (request.method === 'GET') event.respondWith(serve(request, address));
});

/** Every file or none, each one proven to be of this version: a server in the middle of an update gives no mixture. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  const waiting = [...FILES];
  const carry = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [address, sha256] = next;
      const url = new URL(address, self.registration.scope).href;
      await cache.put(url, (await fromOther(url, sha256)) ?? (await fromServer(url, sha256)));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, carry));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function fromOther(url: string, sha256: string): Promise<Response | null> {
  const found = await otherMatch(url);
  return found && (await digest(await found.clone().arrayBuffer())) === sha256 ? found : null;
}

async function fromServer(url: string, sha256: string): Promise<Response> {
  const response = await fetch(new Request(url, { cache: 'reload' }));
  const bytes = await response.arrayBuffer();
  if (!response.ok || (await digest(bytes)) !== sha256) throw new Error(`Not of this version: ${url}`);
  const headers = new Headers(response.headers);
  for (const name of OF_THE_WAY) headers.delete(name);
  return new Response(bytes, { headers });
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Lets go of older versions once no more than `windows` pages are open: the one that asks has begun with this version. */
async function tidy(windows: number): Promise<void> {
  const { installing, waiting } = self.registration;
  if (installing ?? waiting) return; // the next version's own start will do it
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.length > windows) return;
  // In the order they were made: one that just comes, and is not announced yet, stands behind this one.
  const names = await versions();
  for (const name of names.slice(0, Math.max(0, names.indexOf(CACHE)))) await caches.delete(name);
}

async function versions(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function otherMatch(request: RequestInfo): Promise<Response | undefined> {
  for (const cacheName of (await versions()).filter((name) => name !== CACHE)) {
    const found = await caches.match(request, { cacheName, ...LOOSELY });
    if (found) return found;
  }
  return undefined;
}

async function serve(request: Request, address: string): Promise<Response> {
  const start = address === '' || address === 'index.html';
  // Looked for, not opened: that would make a new one after everything was deleted.
  const own = await caches.match(start ? self.registration.scope : request, { cacheName: CACHE, ...LOOSELY });
  // Names carry their content: what is not of this version belongs to a page that began with an older one.
  return own ?? (await otherMatch(request)) ?? fetch(request);
}

/** What another app shared: a link opens as one, files wait for the page, which looks at them through its one door. */
async function takeShared(request: Request): Promise<Response> {
  const home = self.registration.scope;
  try {
    const form = await request.formData();
    const words = ['url', 'text', 'title'].map((name) => form.get(name)).filter((value) => typeof value === 'string');
    // In the open or locked, of any version: the page says what it thinks of it.
    const link = /(?:#|%23)([px]\d{1,3}\.[\w-]+)/i.exec(words.join(' '));
    if (link) return Response.redirect(`${home}#${link[1] ?? ''}`, 303);
    const files = form.getAll('files').filter((value) => value instanceof File);
    const pasted = words.find((value) => /^\s*\{/.test(value));
    if (pasted !== undefined) files.push(new File([pasted], 'shared.json', { type: 'application/json' }));
    const cache = await caches.open(SHARED);
    for (const [index, file] of files.slice(0, MOST_SHARED).entries()) {
      if (file.size > MAX_SHARED_BYTES) continue;
      const headers = { 'Content-Type': 'application/json', 'X-Name': encodeURIComponent(file.name) };
      await cache.put(new URL(`shared/${String(index)}`, home), new Response(file, { headers }));
    }
  } catch (error) {
    console.error('shared:', error);
  }
  return Response.redirect(`${home}?go=shared`, 303);
}
