import type { Purpose } from './address-rule.ts'

/** The limits of one request. */
export interface RequestLimits {
  /** Milliseconds from the call to the last byte of the answer: connecting, waiting for a free connection, and the body. */
  readonly totalMs: number
  /** Bytes of the answer's body. */
  readonly answerBytes: number
}

const MEBIBYTE = 1024 * 1024

/** A caller may set a shorter time, or a longer one to wait for messages. */
export const REQUEST_LIMITS: Readonly<Record<Purpose, RequestLimits>> = {
  // Some clouds validate a template before they answer, and ask other services for that.
  endpoint: { totalMs: 60_000, answerBytes: 32 * MEBIBYTE },
  'public-callback': { totalMs: 60_000, answerBytes: MEBIBYTE },
  'intranet-callback': { totalMs: 60_000, answerBytes: MEBIBYTE },
  // MNS waits no longer for the answer to its push.
  certificate: { totalMs: 5000, answerBytes: 64 * 1024 },
  // A page of 50 asynchronous tasks with their payloads of 256 KB.
  'own-function': { totalMs: 10_000, answerBytes: 16 * MEBIBYTE },
  // A secret has at most 32 KB.
  'own-secrets': { totalMs: 5000, answerBytes: 256 * 1024 },
  // 16 messages of 64 KiB, in base64 and XML.
  'own-queue': { totalMs: 60_000, answerBytes: 4 * MEBIBYTE },
}

/** Milliseconds. */
export const CONNECT_TIMEOUT_MS = 5000
/** Milliseconds for the addresses of a name that a proxy is to call; the proxy resolves it itself. */
export const PROXIED_NAME_MS = 2000
/** Milliseconds that an idle connection is kept for. */
export const KEEP_ALIVE_MS = 15_000
/** Connections to one origin; further requests wait for a free one. */
export const MOST_CONNECTIONS = 50
/** Connection pools, one for each purpose and TLS configuration. The least recently used pool is closed. */
export const MOST_POOLS = 32
