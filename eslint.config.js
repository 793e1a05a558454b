import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What only one file may do. A fork that breaks one of these has stepped around the lifecycle. */
const oneSession = {
  selector:
    "NewExpression[callee.name='AgentSession'], NewExpression[callee.property.name='AgentSession']",
  message: 'Only src/lifecycle/create-session.ts makes an AgentSession: one per job.',
};
const oneRealtimeSession = {
  selector: "CallExpression[callee.property.name='session']",
  message:
    'Only src/lifecycle/realtime opens a realtime session: every call of .session() is one more socket.',
};
const oneProcessGuard = {
  selector:
    "MemberExpression[object.name='process'][property.name=/^(exit|on|once|addListener|prependListener)$/]",
  message: 'Only src/lifecycle/process-guard.ts listens to the process or ends it.',
};
const noSleepInTests = {
  selector:
    "CallExpression[callee.name='setTimeout'][arguments.1.type='Literal'], CallExpression[callee.name='sleep']",
  message: 'Tests wait for events, not for the clock.',
};

const noDevInSrc = {
  regex: '(^|/)(dev|test)/',
  message: 'src is what ships; it may not import from dev/ or test/.',
};
const lifecycleTypesOnly = {
  regex: '/lifecycle/',
  allowTypeImports: true,
  message: 'This folder takes only types from the lifecycle (import type).',
};

export default defineConfig(
  { ignores: ['dist', 'dev/playground/dist', 'data', 'node_modules', 'coverage'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 200 }],
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // An `async` function without `await` is how an interface that promises is met.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', oneSession, oneRealtimeSession],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', oneSession, oneRealtimeSession, oneProcessGuard],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [noDevInSrc] }],
    },
  },
  {
    files: ['src/{session,interview,tools,records}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [noDevInSrc, lifecycleTypesOnly] },
      ],
    },
  },
  {
    files: ['src/lifecycle/create-session.ts'],
    rules: { 'no-restricted-syntax': ['error', oneRealtimeSession, oneProcessGuard] },
  },
  {
    files: ['src/lifecycle/realtime/*.ts'],
    rules: { 'no-restricted-syntax': ['error', oneSession, oneProcessGuard] },
  },
  {
    files: ['src/lifecycle/process-guard.ts'],
    rules: { 'no-restricted-syntax': ['error', oneSession, oneRealtimeSession] },
  },
  {
    // Baselines without a lifecycle: they do what only the lifecycle may do elsewhere.
    files: ['dev/fault-matrix/*-agent.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Command-line tools talk to people on the terminal.
    files: ['dev/**/*.{ts,mjs}'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', oneSession, oneRealtimeSession, noSleepInTests],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The guard's own tests ask it for a session, to see that it refuses the second.
    files: ['test/lifecycle/realtime/*.ts'],
    rules: { 'no-restricted-syntax': ['error', oneSession, noSleepInTests] },
  },
  {
    // Plain JavaScript that runs before anything is installed: no types to check.
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
