import { runMatrix } from './run-matrix.js';
import { rows } from './rows/index.js';
const only = process.argv[2]?.split(',');
const abort = new AbortController();
process.on('SIGINT', () => abort.abort());
const t = Date.now();
await runMatrix({
  rows: only ? rows.filter((r) => only.includes(r.id) || only.includes(r.family)) : rows,
  subjects: [(process.argv[4] ?? 'steadfast') as 'steadfast'],
  lanes: Number(process.argv[3] ?? 1),
  signal: abort.signal,
  keep: true,
  onProgress: (text) => console.error(text),
  onResult: (result) => console.log(((Date.now() - t) / 1000).toFixed(1), JSON.stringify(result)),
});
