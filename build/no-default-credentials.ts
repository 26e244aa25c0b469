/**
 * Replaces the AWS SDK's default credential chain (files, SSO, instance metadata) in the bundles: the bridge passes
 * credentials to each client.
 */
export function defaultProvider() {
  return () => Promise.reject(new Error("The AWS SDK's default credential chain is not part of this bundle"))
}
