import type { Advisory, AuditAnswer } from './audit-report.js';
import type { Check, Verdict } from './check.js';
import { readExceptions, type AdvisoryException } from './exceptions.js';
import { knowsAdvisories, npmAudit } from './npm-audit.js';

/** What to think of the registry's answer, with what is explained taken out. `today` is an ISO date. */
export function judge(
  { advisories }: { readonly advisories: readonly Advisory[] },
  exceptions: readonly AdvisoryException[],
  today: string,
): Verdict {
  const explains = (one: Advisory) =>
    exceptions.find(({ advisory, package: of }) => advisory === one.id && of === one.package);
  const problems = advisories.flatMap((one) => {
    const exception = explains(one);
    if (exception !== undefined && exception.until >= today) {
      return [];
    }
    const expired = exception === undefined ? '' : ` (its exception ended on ${exception.until})`;
    return [`${one.id} ${one.severity}: ${one.package} ${one.range}: ${one.title}${expired}`];
  });
  if (problems.length > 0) {
    const remedy =
      'npm audit --omit=dev says what to update. What does no harm here is explained in dev/supply-chain/exceptions.yaml.';
    return { kind: 'failed', problems, remedy };
  }
  const unneeded = exceptions.filter(
    ({ advisory, package: of }) =>
      !advisories.some((one) => one.id === advisory && one.package === of),
  );
  const more = unneeded.map(
    ({ advisory }) => `; the exception for ${advisory} is no longer needed`,
  );
  return {
    kind: 'passed',
    what: `${advisories.length} known advisories, all explained${more.join('')}`,
  };
}

/** No package that ships has a flaw that is known and not explained. Without an answer of the registry it is skipped. */
export const audit: Check = async ({ root, signal }) => {
  const exceptions = readExceptions(root).advisories;
  const answer: AuditAnswer = await npmAudit(root, signal);
  if ('why' in answer) {
    return { kind: 'skipped', why: `the registry gives no advisories: ${answer.why}` };
  }
  if (answer.advisories.length === 0 && !(await knowsAdvisories(signal))) {
    return {
      kind: 'skipped',
      why: 'the registry gives no advisories: it has none of a package that is known to be flawed',
    };
  }
  return judge(answer, exceptions, new Date().toISOString().slice(0, 10));
};
