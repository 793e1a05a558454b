import { expect, test } from 'vitest';
import { loadInterviews } from '../../src/interview/load-interviews.js';
import { chooseInterview, namedCandidate } from '../../src/interview/metadata.js';

const interviews = loadInterviews({ dir: 'interviews', defaultId: 'hr-screening-en' });
const choose = (metadata: string) => chooseInterview(metadata, interviews, 'hr-screening-en');

test('the interview that the dispatch asks for is held', () => {
  expect(choose('{"interview":"hr-screening-ru"}')).toEqual({
    plan: interviews.get('hr-screening-ru'),
  });
});

test.each(['', '  ', '{}', '{"candidate":"c-1"}'])(
  'without a wish (%j) the default one is held, and nobody is warned',
  (metadata) => {
    expect(choose(metadata)).toEqual({ plan: interviews.get('hr-screening-en') });
  },
);

test.each([
  '{"interview":"none"}',
  '{"interview":"../../etc/passwd"}',
  '{"interview":7}',
  '{"interview":"__proto__"}',
  '[]',
  'null',
  'hr-screening-ru',
  '{',
])(
  'metadata that cannot be used (%s) never fails a call: the default is held, with a warning',
  (metadata) => {
    const { plan, warning } = choose(metadata);

    expect(plan.id).toBe('hr-screening-en');
    expect(warning).toContain('hr-screening-en is held');
  },
);

test('a warning does not repeat what somebody wrote into the metadata', () => {
  expect(choose('{"interview":"<script>\\n"}').warning).not.toContain('script');
});

test('a candidate is known by an id, and by nothing else', () => {
  expect(namedCandidate('{"candidate":"c-1"}')).toEqual({ id: 'c-1' });
  expect(namedCandidate('{"interview":"x"}')).toEqual({});
  expect(namedCandidate('no json')).toEqual({});
});

test.each(['../etc', 'a b', '', 7, null, { id: 'c-1' }, 'x'.repeat(65), '<b>'])(
  'a candidate named %j is nobody, does not change the interview, and is not repeated in the warning',
  (candidate) => {
    const metadata = JSON.stringify({ interview: 'hr-screening-ru', candidate });
    const { id, warning } = namedCandidate(metadata);
    expect(id).toBeUndefined();
    expect(warning).toContain('nothing is looked up');
    expect(choose(metadata).plan.id).toBe('hr-screening-ru');
    expect(choose(metadata).warning).toBeUndefined();
  },
);
