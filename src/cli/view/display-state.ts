/** How a status is shown, judged by the words that all clouds use. The bridge itself decides by tables. */
export function displayStateOf(status: string): 'success' | 'failure' | 'in progress' | 'unchanged' {
  if (status === 'UNCHANGED') return 'unchanged'
  if (status.includes('FAILED') || status.includes('ROLLBACK')) return 'failure'
  return status.endsWith('_COMPLETE') ? 'success' : 'in progress'
}

/** Whether a resource with this status is being worked on. */
export function isUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') || status.endsWith('_STARTED')
}
