// The built page's content security policy: everything from its own origin, nothing to any other.
import type { Plugin } from 'vite';

const POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  // blob: standardized-audio-context loads worklets through one. wasm-unsafe-eval: the kernels.
  'script-src': ["'self'", 'blob:', "'wasm-unsafe-eval'"],
  'worker-src': ["'self'", 'blob:'],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'self'", 'blob:'],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** One line, as a meta tag or a header wants it. */
export function contentSecurityPolicy(): string {
  return Object.entries(POLICY)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** For static hosts that read a `_headers` file: the same policy, and what a meta tag cannot say. */
function headers(): string {
  return `/*
  Content-Security-Policy: ${contentSecurityPolicy()}; frame-ancestors 'none'
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: autoplay=(self), screen-wake-lock=(self), camera=(self), microphone=(), geolocation=()
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
`;
}

/** Vite plugin: writes the policy into the built index.html and a `_headers` file beside it. */
export function csp(): Plugin {
  return {
    name: 'hushcraft-csp',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy() },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headers() });
    },
  };
}
