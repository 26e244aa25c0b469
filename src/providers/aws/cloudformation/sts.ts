/**
 * The part of STS that the provider uses. Import it dynamically, since few stacks need it. In a bundle, the dynamic
 * import of a CommonJS package has only `default`; the exports of this module are always there.
 */
export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
