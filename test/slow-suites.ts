/**
 * Slow suites: they build the bundles or damage them on purpose, start the built programs, kill them, pack the package, or run
 * other programs (dependency-cruiser, Serverless Devs). `npm run test:slow` runs these, `npm test` all others.
 */
export const SLOW_SUITES: readonly string[] = [
  'test/build/{adding-a-cloud,bundle,dynamic-imports,mutations,reproducible,supply-chain,unused-parts}.test.ts',
  'test/ci/*.test.ts',
  'test/cli/{acceptance,completion,diagnose,diagnose-sandbox,doctor,drift,example-templates,init,page,plan,program,proxy,regions,sandbox,shown-secrets,special-names,template-place,up,watch}.test.ts',
  'test/cli/commands/{package,validate}.test.ts',
  'test/deploy/{getting-started,serverless-yml}.test.ts',
  'test/docs/{page-commands,readme}.test.ts',
  'test/e2e/*.test.ts',
  'test/imports.test.ts',
  'test/package/*.test.ts',
  'test/providers/aws/cloudformation/configuration-files.test.ts',
  'test/sandbox/aws/cloudformation/awscli.test.ts',
  'test/sandbox/openstack/openstackclient.test.ts',
]
