/**
 * What the provider uses of STS. To be imported dynamically: few stacks need it. A bundler gives the dynamic import of a
 * CommonJS package nothing but `default`; this module's exports are there whatever the package is.
 */
export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
