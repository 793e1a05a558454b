import type { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { unsupported } from './plugin-contract.js';
import type { ConnectionRequest } from './wire.js';

/** Address and headers of a connection, as the plugin makes them (realtime_model.ts, createWsConn). */
export function connectionRequest(model: llm.RealtimeModel): ConnectionRequest {
  if (!(model instanceof realtime.RealtimeModel)) {
    throw unsupported('the session has a model of another kind');
  }
  const { baseURL, model: name, isAzure, apiVersion, azureDeployment } = model._options;
  const { apiKey = '', entraToken } = model._options;
  return {
    url: realtime.processBaseURL({
      baseURL,
      model: name,
      isAzure,
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(azureDeployment === undefined ? {} : { azureDeployment }),
    }),
    headers: {
      'User-Agent': 'LiveKit-Agents-JS',
      ...(isAzure && !entraToken
        ? { 'api-key': apiKey }
        : { Authorization: `Bearer ${isAzure ? (entraToken ?? '') : apiKey}` }),
    },
  };
}
