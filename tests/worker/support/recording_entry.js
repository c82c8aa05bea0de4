// The Worker as it is deployed, with a dataset that keeps its points in place of Analytics Engine's, which drops
// them here: GET /debug/points gives those of a request and what a real dataset would have refused.
//
// It knows of the shim its default export alone.
import worker from '../../../shim.js';

export { Ledger } from '../../../worker/objects/ledger/ledger.js';

const points = [];
const refused = [];

const bytesOf = (text) => new TextEncoder().encode(text).length;

// https://developers.cloudflare.com/analytics/analytics-engine/limits/
function problemOf({ indexes, blobs, doubles }) {
  if (indexes.length !== 1 || bytesOf(indexes[0]) > 96) return 'index';
  if (blobs.length > 20 || blobs.some((blob) => typeof blob !== 'string')) return 'blobs';
  if (blobs.reduce((sum, blob) => sum + bytesOf(blob), 0) > 16 * 1024) return 'bytes of blobs';
  if (doubles.length > 20 || !doubles.every(Number.isFinite)) return 'doubles';
  return undefined;
}

// A class, since a binding is told from a setting by its prototype.
class RecordingDataset {
  writeDataPoint(point) {
    const problem = problemOf(point);
    if (problem) refused.push(`${problem}: ${JSON.stringify(point)}`);
    points.push(point);
  }
}
const ONELLM_ANALYTICS = new RecordingDataset();

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== '/debug/points') {
      return worker.fetch(request, { ...env, ONELLM_ANALYTICS }, context);
    }
    return Response.json({ points, refused }, { headers: { 'x-request-id': 'debug' } });
  },
};
