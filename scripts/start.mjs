// `npm start`: builds the instrument and serves it on this machine until Ctrl+C.
import process from 'node:process';
import { build, preview } from 'vite';

await build({ logLevel: 'warn' });
const server = await preview({
  preview: { port: 4173, open: process.env.CI === undefined && process.stdout.isTTY },
});
console.log('Hushcraft is ready:');
server.printUrls();
