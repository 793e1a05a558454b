import { config as loadEnvironmentFiles } from 'dotenv';
import { CONFIG_EXIT_CODE } from './config/config-error.js';
import { DoctorUsageError, runDoctor } from './doctor/run.js';

/** `npm run doctor`: looks at everything a call needs, and says what is wrong and what to do. */
loadEnvironmentFiles({ path: ['.env.local', '.env'], quiet: true });

try {
  const { output, exitCode } = await runDoctor(process.argv.slice(2), process.env);
  process.stdout.write(output);
  process.exitCode = exitCode;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof DoctorUsageError ? CONFIG_EXIT_CODE : 1;
}
