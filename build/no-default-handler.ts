interface GivenHandler {
  readonly handle: unknown
}

/**
 * Replaces the AWS SDK's own HTTP client in the bundles: the bridge passes a request handler to each client, and the
 * handler returns bodies as bytes.
 */
export const NodeHttpHandler = {
  create<Handler extends GivenHandler>(given: Handler | undefined): Handler {
    if (typeof given?.handle === 'function') return given
    throw new Error(NOT_IN_BUNDLE)
  },
}

export function streamCollector(): Promise<Uint8Array> {
  return Promise.reject(new Error(NOT_IN_BUNDLE))
}

const NOT_IN_BUNDLE = "The AWS SDK's own HTTP client is not part of this bundle"
