import { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { HTTPException } from 'hono/http-exception';
import type { Connections } from '../connections.js';
import type { EventLog } from '../event-log.js';
import { faultCatalogue } from '../faults/catalogue.js';
import type { FaultController } from '../faults/controller.js';
import { FaultError } from '../faults/fault.js';

interface Parts {
  readonly token: string;
  readonly connections: Connections;
  readonly faults: FaultController;
  readonly log: EventLog;
  readonly reset: () => Promise<void>;
}

/** The control API: what the simulator saw, and what shall go wrong. `control-client.ts` is its client. */
export function newControlApi({ token, connections, faults, log, reset }: Parts): Hono {
  const control = new Hono();
  control.use(bearerAuth({ token }));
  control.get('/status', (context) =>
    context.json({
      attempts: connections.attempts,
      open: connections.open.length,
      peakOpen: connections.peakOpen,
    }),
  );
  control.get('/connections', (context) => context.json(connections.records));
  control.get('/events', (context) => {
    const connection = context.req.query('connection');
    const types = context.req.queries('type');
    return context.json(
      log.events({
        ...(connection !== undefined && { connection }),
        ...(types !== undefined && { types }),
      }),
    );
  });
  control.get('/faults', (context) => {
    const catalogue = faultCatalogue.map(({ name, about, params }) => ({
      name,
      about,
      params: Object.keys(params),
    }));
    return context.json({ active: faults.list(), catalogue });
  });
  control.post('/faults', async (context) => {
    const request: unknown = await context.req.json();
    return context.json(faults.addUnchecked(request), 201);
  });
  control.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  control.post('/reset', async (context) => {
    await reset();
    return context.body(null, 204);
  });
  control.onError((error, context) => {
    if (error instanceof FaultError || error instanceof SyntaxError) {
      return context.json({ error: { message: error.message } }, 400);
    }
    if (error instanceof HTTPException) {
      return context.json({ error: { message: 'Wrong or missing control token.' } }, 401);
    }
    return context.json({ error: { message: String(error) } }, 500);
  });
  return control;
}
