interface GivenHandler {
  readonly handle: unknown
}

/**
 * Stands in the function's bundle for the AWS SDK's own HTTP client, which has no use there: the bridge gives each client its
 * request handler, and that gives back bodies as bytes.
 */
export const NodeHttpHandler = {
  create<Handler extends GivenHandler>(given: Handler | undefined): Handler {
    if (typeof given?.handle === 'function') return given
    throw new Error(NOT_HERE)
  },
}

export function streamCollector(): Promise<Uint8Array> {
  return Promise.reject(new Error(NOT_HERE))
}

const NOT_HERE = "The AWS SDK's own HTTP client is not part of this bundle"
