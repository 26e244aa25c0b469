import { quotationsIn } from './quotations.ts'

/**
 * What tests use as keys and other secrets. None of these may occur in anything that the bridge writes: each test that
 * captures output searches for them, and the CI searches the output of the whole run.
 */
export const PLANTED = {
  accessKeyId: 'AKIAPLANTEDPLANTED00',
  accessKeySecret: 'planted/secret+access"key\\of-no-value',
  sessionToken: 'planted-session-token==&of-no-value',
  noEchoValue: 'planted no-echo välue',
  secretParameter: 'planted-secret-parameter',
} as const

/** The secrets that a text holds, in any spelling that a cloud, a proxy or a library may give them. */
export function plantedIn(text: string): string[] {
  return Object.values(PLANTED).filter((secret) => quotationsIn(text, secret).length > 0)
}
