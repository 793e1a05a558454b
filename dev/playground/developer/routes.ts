import { Hono } from 'hono';
import { z } from 'zod';
import { bodyOf, limitedBody, refused } from '../calls/body.js';
import type { FaultButton, ModelSocket } from '../contract.js';
import type { DeveloperOptions } from '../options.js';
import { needsCut, OFFERED_FAULTS, type OfferedFault } from './faults.js';
import { pastCall, pastCalls } from './past-calls.js';

const NEWEST = 30;
const fault = z.strictObject({ fault: z.enum(OFFERED_FAULTS.map(({ id }) => id)) });

/** What the developer's panel asks for: past calls, and with a simulator its sockets and its faults. */
export function developerRoutes({ dataDir, control }: DeveloperOptions): Hono {
  const app = new Hono();
  app.get('/calls', async (context) => context.json(await pastCalls(dataDir)));
  app.get('/calls/:id', async (context) => {
    const details = await pastCall(dataDir, context.req.param('id'));
    if (details === undefined) {
      throw refused(404, 'There is no such call.');
    }
    return context.json(details);
  });
  if (control === undefined) {
    return app;
  }
  app.get('/sockets', async (context) => {
    const records = await control.connections();
    return context.json(records.slice(-NEWEST).map(socketOf));
  });
  app.get('/faults', (context) =>
    context.json(OFFERED_FAULTS.map(({ id, expect }): FaultButton => ({ id, expect }))),
  );
  app.post('/faults', limitedBody, async (context) => {
    const asked = await bodyOf(context, fault);
    const offered = OFFERED_FAULTS.find(({ id }) => id === asked.fault);
    if (offered !== undefined) {
      await breakModel(control, offered);
    }
    return context.body(null, 204);
  });
  app.delete('/faults', async (context) => {
    await control.clearFaults();
    return context.body(null, 204);
  });
  return app;
}

/** @throws HTTPException 409 when there is nothing to break. */
async function breakModel(
  control: NonNullable<DeveloperOptions['control']>,
  fault: OfferedFault,
): Promise<void> {
  const open = (await control.connections()).some(
    ({ openedAt, closedAt }) => openedAt !== null && closedAt === null,
  );
  if (!open && fault.request.on === 'current') {
    throw refused(409, 'No connection is open: start a call first.');
  }
  await control.addFault(fault.request);
  if (open && needsCut(fault)) {
    await control.addFault({ fault: 'drop', on: 'current' });
  }
}

function socketOf({
  id,
  askedAt,
  openedAt,
  closedAt,
  refusedWith,
  closeCode,
  closedBy,
}: ModelSocket): ModelSocket {
  return { id, askedAt, openedAt, closedAt, refusedWith, closeCode, closedBy };
}
