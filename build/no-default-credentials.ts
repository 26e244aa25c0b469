/**
 * Stands in the function's bundle for the AWS SDK's default credential chain (files, SSO, instance metadata), which has
 * no use in Function Compute: the bridge gives each client its credentials.
 */
export function defaultProvider() {
  return () => Promise.reject(new Error("The AWS SDK's default credential chain is not part of this bundle"))
}
