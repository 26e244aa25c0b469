import type {
  CreateOutcome,
  DeleteOutcome,
  DriftOutcome,
  Explanation,
  Found,
  Observation,
  PlanOutcome,
  StackEvent,
  StackSession,
  UpdateOutcome,
} from '../provider.ts'

/** The session of a Delete that deletes nothing. It makes no call. */
export class NothingToDelete implements StackSession {
  readonly identityProblems = []
  readonly deleteAttempts = 1

  find(): Promise<Found> {
    return Promise.resolve({ found: false })
  }

  create(): Promise<CreateOutcome> {
    return Promise.reject(unasked())
  }

  update(): Promise<UpdateOutcome> {
    return Promise.reject(unasked())
  }

  delete(): Promise<DeleteOutcome> {
    return Promise.resolve({ outcome: 'missing' })
  }

  describe(): Promise<Observation> {
    return Promise.resolve({ phase: 'gone' })
  }

  explain(): Promise<Explanation> {
    return Promise.resolve({})
  }

  cancel(): Promise<string> {
    return Promise.reject(unasked())
  }

  events(): Promise<readonly StackEvent[]> {
    return Promise.resolve([])
  }

  plan(): Promise<PlanOutcome> {
    return Promise.reject(unasked())
  }

  drift(): Promise<DriftOutcome> {
    return Promise.reject(unasked())
  }

  close(): void {
    // The session opens no connection.
  }
}

function unasked(): TypeError {
  return new TypeError('A Delete neither makes nor changes anything')
}
