/** How a status is shown, judged by the words that all clouds use. The bridge itself decides by tables. */
export function displayStateOf(status: string): 'success' | 'failure' | 'in progress' {
  if (status.includes('FAILED') || status.includes('ROLLBACK')) return 'failure'
  return status.endsWith('_COMPLETE') ? 'success' : 'in progress'
}
