// src/records/pdf/thread.ts as it is, without a build.
import { register } from 'tsx/esm/api';

register();
await import('../../src/records/pdf/thread.ts');
