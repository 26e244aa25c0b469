/**
 * The direction of imports: handlers → {cli, channels} → bridge → {ros, provider interface} → platform; see
 * docs/architecture.md. Each folder of src/providers belongs to a vendor, except these, which all clouds share.
 */
const SHARED = '(?:diagnosis|properties|recognition|http|session|identifiers)/'
const VENDOR = `^src/providers/(?!${SHARED})[^/]+/`
/** Collects all services from their `index.ts`; no module in `src/providers` imports it. */
const REGISTRY = '(?:registry|services)\\.ts'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'platform-knows-nobody',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(src/(?!platform/)|handlers/)' },
    },
    {
      name: 'ros-knows-the-platform-only',
      severity: 'error',
      from: { path: '^src/ros/' },
      to: { path: '^(src/(?!(ros|platform)/)|handlers/)' },
    },
    {
      name: 'bridge-knows-no-cloud',
      severity: 'error',
      from: { path: '^src/bridge/' },
      to: { path: [VENDOR, `^src/providers/${REGISTRY}$`, '^src/(channels|cli|sandbox)/', '^handlers/'] },
    },
    {
      name: 'service-knows-its-vendor-and-the-interface',
      severity: 'error',
      from: { path: `^src/providers/(?!${SHARED})([^/]+)/([^/]+)/` },
      to: {
        path: '^(src|handlers)/',
        pathNot: [
          '^src/providers/$1/$2/',
          '^src/providers/$1/[^/]+\\.ts$',
          `^src/providers/${SHARED}`,
          `^src/providers/(?!${REGISTRY})[^/]+\\.ts$`,
          '^src/platform/',
        ],
      },
    },
    {
      name: 'vendor-knows-no-service',
      severity: 'error',
      from: { path: `^src/providers/(?!${SHARED})([^/]+)/[^/]+\\.ts$` },
      to: {
        path: '^(src|handlers)/',
        pathNot: [
          '^src/providers/$1/[^/]+\\.ts$',
          `^src/providers/${SHARED}`,
          `^src/providers/(?!${REGISTRY})[^/]+\\.ts$`,
          '^src/platform/',
        ],
      },
    },
    {
      name: 'provider-interface-knows-the-platform-only',
      severity: 'error',
      from: {
        path: `^src/providers/(${SHARED}|[^/]+\\.ts$)`,
        pathNot: `^src/providers/${REGISTRY}$`,
      },
      to: { path: [VENDOR, '^src/(bridge|ros|channels|cli|sandbox)/', '^handlers/'] },
    },
    {
      name: 'registry-knows-services-by-their-index',
      severity: 'error',
      from: { path: `^src/providers/${REGISTRY}$` },
      to: { path: VENDOR, pathNot: '^src/providers/[^/]+/[^/]+/index\\.ts$' },
    },
    {
      name: 'index-loads-its-provider-on-demand',
      severity: 'error',
      from: { path: `^src/providers/(?!${SHARED})[^/]+/[^/]+/index\\.ts$` },
      // Grammars of ids are small. They tell which provider an id belongs to before a provider is loaded.
      to: { path: VENDOR, pathNot: '/(?:[a-z-]+-id|arn)\\.ts$', dynamic: false },
    },
    {
      name: 'channels-know-the-bridge',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: [VENDOR, '^src/(cli|sandbox)/', '^handlers/'] },
    },
    {
      name: 'sandbox-is-no-part-of-the-function',
      severity: 'error',
      from: { path: '^(src/(?!(sandbox|cli|resource-types)/)|handlers/(?!cli\\.ts))' },
      to: { path: '^src/(sandbox|cli|resource-types)/' },
    },
    {
      name: 'sandbox-knows-the-platform-and-resource-types-only',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^(src/(?!(sandbox|platform|resource-types)/)|handlers/)' },
    },
    {
      name: 'resource-types-know-nobody',
      severity: 'error',
      from: { path: '^src/resource-types/' },
      to: { path: '^(src/(?!resource-types/)|handlers/)' },
    },
    {
      name: 'function-needs-run-time-dependencies-only',
      severity: 'error',
      from: {
        path: '^(src/(?!(sandbox|cli|resource-types)/)|handlers/(?!cli\\.ts))',
        // Bundled into the command line only, not into the function or the library.
        pathNot: '^src/providers/[^/]+/[^/]+/diagnosis/',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
}
