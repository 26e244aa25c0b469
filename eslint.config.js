import node from 'eslint-plugin-n'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

const OLDEST_NODE = '>=20.10.0'

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      'node_modules/',
      '*.config.ts',
      '*.config.js',
      '.dependency-cruiser.cjs',
      'test/e2e/runner.mjs',
      'test/providers/aws/cloudformation/misleading-configuration/',
      'test/deploy/stand-in-component/index.cjs',
      'test/deploy/stand-in-aliyun.cjs',
      // Its imports resolve only in the copy of the tree in which the test checks its types.
      'test/fixtures/toy-cloud/',
      'bench/cold-start/*.mjs',
      'bench/http-entry/*.mjs',
      'bench/scale/*.mjs',
      'bench/serve/*.mjs',
      'build/undici-core.mjs',
      'build/undici-proxy.mjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidOperator: true }],
      // In `{ [name: string]: T }` the name says what the keys are, also if they come from a template.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**', 'handlers/**', 'build/**'],
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] },
  },
  {
    // A regular expression with superlinear run time lets one event block the process.
    files: ['src/**', 'handlers/**', 'build/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      // A sticky expression is tried at only one position of the text.
      'regexp/no-super-linear-move': [
        'error',
        { report: 'potential', ignorePartial: false, ignoreSticky: true },
      ],
    },
  },
  {
    // The deployed code must run on the oldest Node that the function may get, also if it is written on a newer one.
    files: ['src/**', 'handlers/**'],
    plugins: { n: node },
    languageOptions: { globals: node.configs['flat/recommended-module'].languageOptions.globals },
    rules: {
      'n/no-unsupported-features/es-builtins': ['error', { version: OLDEST_NODE }],
      'n/no-unsupported-features/es-syntax': ['error', { version: OLDEST_NODE }],
      // Node 20 has fetch, but marks it as experimental.
      'n/no-unsupported-features/node-builtins': ['error', { version: OLDEST_NODE, ignores: ['fetch'] }],
    },
  },
  {
    files: ['src/**', 'handlers/**', 'build/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        // After bundling, the dynamic import of a CommonJS package has only `default`, although Node and the tests find names.
        {
          selector: 'ImportExpression:not([source.value=/^(\\.{1,2}\\u002F|node:)/])',
          message: 'Import a package dynamically through a module of your own, which imports it statically.',
        },
        // Such a catch would hide our own faults behind an expected error, such as a parse error.
        {
          selector: 'CatchClause[param=null]',
          message: 'Name the error, handle only what is expected, and rethrow the rest.',
        },
      ],
    },
  },
  {
    files: [
      'build/**',
      'bench/**',
      'test/ci/**',
      'test/contract/table.ts',
      'test/chaos/**',
      'test/real-heat/killed.test.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // Model clouds implement asynchronous interfaces without waiting.
      '@typescript-eslint/require-await': 'off',
      // Logged or sent data is parsed as plain JSON.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
)
