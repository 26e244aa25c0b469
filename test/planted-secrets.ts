import { quotationsIn } from './quotations.ts'

/**
 * Keys and other secrets of tests. The bridge may write none of them: each test that captures output searches for them, and CI
 * searches the output of the whole run.
 */
export const PLANTED = {
  accessKeyId: 'AKIAPLANTEDPLANTED00',
  accessKeySecret: 'planted/secret+access"key\\of-no-value',
  sessionToken: 'planted-session-token==&of-no-value',
  noEchoValue: 'planted no-echo välue',
  secretParameter: 'planted-secret-parameter',
} as const

/** The secrets in a text, in any encoding that a cloud, a proxy or a library may use. */
export function plantedIn(text: string): string[] {
  return Object.values(PLANTED).filter((secret) => quotationsIn(text, secret).length > 0)
}
