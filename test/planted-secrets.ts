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

/** The secrets, in their various spellings, that a text holds. */
export function plantedIn(text: string): string[] {
  return Object.values(PLANTED).filter((secret) =>
    [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)].some((form) =>
      text.includes(form),
    ),
  )
}
