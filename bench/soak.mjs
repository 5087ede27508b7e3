// A night in real time, in a hidden tab of a real Chromium: dropouts, memory, nodes, load, wake-ups.
//   node bench/soak.mjs [--minutes 60] [--sound "Rain on the tent"] [--json FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { openChromium } from '../scripts/cdp.mjs';

const PORT = Number(process.env.PORT ?? 4197);
const LOOK_SEC = 60;
/** Until the heap is first measured: everything that loads late has loaded. */
const SETTLE_SEC = 60;
const TRACE_SEC = 20;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, sound: { type: 'string' }, json: { type: 'string' } },
});
const minutes = Number(options.minutes);
const outDir = path.join(root, 'test-results/soak');

await build({
  root,
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true, rollupOptions: { input: path.join(root, 'bench/soak.html') } },
});
const server = await preview({ root, build: { outDir }, preview: { port: PORT, host: '127.0.0.1', strictPort: true } });
const browser = openChromium();
const nodes = new Map(); // context → audio nodes alive
/** The page's own work: what its main thread did between the looks, which are left out. */
const own = { sec: 0, taskSec: 0, scriptSec: 0, since: undefined };
let contextId;
browser.on('WebAudio.contextCreated', ({ context }) => {
  if (context.contextType === 'realtime') contextId = context.contextId;
});
browser.on('WebAudio.audioNodeCreated', ({ node }) => count(node.contextId, 1));
browser.on('WebAudio.audioNodeWillBeDestroyed', ({ contextId: id }) => count(id, -1));

const { targetInfos } = await browser.send('Target.getTargets');
const { targetId } = targetInfos.find(({ type }) => type === 'page');
const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
const send = (method, params) => browser.send(method, params, sessionId);
await send('WebAudio.enable');
await send('Performance.enable');
await send('HeapProfiler.enable');
const search = options.sound ? `?sound=${encodeURIComponent(options.sound)}` : '';
await send('Page.navigate', { url: `http://127.0.0.1:${String(PORT)}/bench/soak.html${search}` });
while (!(await evaluate('"soak" in globalThis').catch(() => false))) await pause(0.2);
await send('Runtime.evaluate', { expression: 'void soak.begin(8)', userGesture: true });
await browser.send('Target.createTarget', { url: 'about:blank' }); // in front: ours is hidden from now on
await pause(SETTLE_SEC);

const rows = [await aside(look)];
print(rows[0]);
const rounds = Math.max(1, Math.round((minutes * 60) / LOOK_SEC));
let wakeUps;
for (let i = 1; i <= rounds; i++) {
  await pause(LOOK_SEC);
  if (i === Math.ceil(rounds / 2)) wakeUps = await aside(traced);
  rows.push(await aside(look));
  print(rows.at(-1));
}
await browser.close();
await server.close();
const figures = summary();
console.log(JSON.stringify(figures, null, 2));
if (options.json) writeFileSync(options.json, `${JSON.stringify({ ...figures, rows }, null, 2)}\n`);
process.exit(0); // the server's sockets need not be waited for

function count(id, by) {
  nodes.set(id, (nodes.get(id) ?? 0) + by);
}

async function evaluate(expression) {
  const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  return result.value;
}

/** Does something to the page that is no work of its own. */
async function aside(work) {
  const { since } = own;
  const now = await metricsNow();
  if (since) {
    own.sec += now.Timestamp - since.Timestamp;
    own.taskSec += now.TaskDuration - since.TaskDuration;
    own.scriptSec += now.ScriptDuration - since.ScriptDuration;
  }
  const result = await work();
  own.since = await metricsNow();
  return result;
}

async function metricsNow() {
  const { metrics } = await send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function look() {
  await send('HeapProfiler.collectGarbage');
  const { usedSize } = await send('Runtime.getHeapUsage');
  const { Nodes: domNodes } = await metricsNow();
  const { realtimeData } = await send('WebAudio.getRealtimeData', { contextId });
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const renderer = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)[0];
  return {
    ...(await evaluate('soak.look()')),
    heapBytes: usedSize,
    audioNodes: nodes.get(contextId),
    domNodes,
    renderCapacity: realtimeData.renderCapacity,
    rendererRssKb: rssKb(renderer.id),
    rendererCpuSec: renderer.cpuTime,
  };
}

function rssKb(pid) {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kb);
}

/** Times the page's script was entered on its main thread, for a while: several calls in one task are one wake-up. */
async function traced() {
  const events = [];
  const complete = new Promise((done) => browser.on('Tracing.tracingComplete', done));
  browser.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const pid = Number(await rendererPid());
  await browser.send('Tracing.start', {
    traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', '__metadata'], excludedCategories: ['*'] },
    transferMode: 'ReportEvents',
  });
  await pause(TRACE_SEC);
  await browser.send('Tracing.end');
  await complete;
  const main = events.find(
    ({ name, args, pid: of }) => name === 'thread_name' && of === pid && args.name === 'CrRendererMain',
  );
  const mine = events.filter((event) => event.pid === pid && event.tid === main?.tid && event.ph === 'X');
  const script = mine.filter(({ name }) => ['FunctionCall', 'TimerFire', 'FireAnimationFrame'].includes(name));
  const tasks = mine.filter(({ name }) => name.endsWith('RunTask'));
  const holds = ({ ts, dur }, event) => event.ts >= ts && event.ts <= ts + dur;
  const entered = tasks.filter((task) => script.some((event) => holds(task, event)));
  return {
    scriptPerSec: entered.length / TRACE_SEC,
    tasksPerSec: tasks.length / TRACE_SEC,
    framesPerSec: mine.filter(({ name }) => name === 'FireAnimationFrame').length / TRACE_SEC,
  };
}

async function rendererPid() {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)[0].id;
}

function print({ atMs, state, night, visibility, heapBytes, audioNodes, domNodes, renderCapacity, rendererRssKb }) {
  console.log(
    `${(atMs / 60_000).toFixed(1)} min  ${state} ${visibility}  night ${night?.sec.toFixed(1)} s  underruns ${night?.underruns}` +
      `  heap ${(heapBytes / 1e6).toFixed(2)} MB  nodes ${audioNodes} + ${domNodes}` +
      `  audio thread ${(100 * renderCapacity).toFixed(1)} %  renderer ${(rendererRssKb / 1024).toFixed(0)} MB`,
  );
}

function summary() {
  const [first, last] = [rows[0], rows.at(-1)];
  const sec = (last.atMs - first.atMs) / 1000;
  const capacities = rows.map(({ renderCapacity }) => renderCapacity).sort((a, b) => a - b);
  return {
    minutes: sec / 60,
    hidden: rows.every(({ visibility }) => visibility === 'hidden'),
    playing: rows.every(({ state }) => state === 'playing'),
    underruns: last.night?.underruns ?? null,
    underrunsAfterSettling: last.night && first.night ? last.night.underruns - first.night.underruns : null,
    interruptions: last.interruptions,
    nightAgainstWallSec: last.night && first.night ? last.night.sec - first.night.sec - sec : null,
    heapGrowthMb: (last.heapBytes - first.heapBytes) / 1e6,
    audioNodes: [...new Set(rows.map(({ audioNodes }) => audioNodes))],
    domNodes: [...new Set(rows.map(({ domNodes }) => domNodes))],
    rendererGrowthMb: (last.rendererRssKb - first.rendererRssKb) / 1024,
    mainThreadPercent: (100 * own.taskSec) / own.sec,
    scriptPercent: (100 * own.scriptSec) / own.sec,
    rendererCpuPercent: (100 * (last.rendererCpuSec - first.rendererCpuSec)) / sec,
    audioThreadPercent: {
      median: 100 * capacities[Math.floor(capacities.length / 2)],
      most: 100 * capacities.at(-1),
    },
    framesAsked: last.framesAsked - first.framesAsked,
    wakeUps,
  };
}

function pause(sec) {
  return new Promise((done) => setTimeout(done, sec * 1000));
}
