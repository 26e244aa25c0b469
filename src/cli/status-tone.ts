/** How a status reads to a person, by the words that all the clouds use; the bridge itself decides by tables. */
export function toneOf(status: string): 'good' | 'bad' | 'busy' {
  if (status.includes('FAILED') || status.includes('ROLLBACK')) return 'bad'
  return status.endsWith('_COMPLETE') ? 'good' : 'busy'
}
