import type { KnownViolation } from './compare.ts'

/**
 * Rules that the bridge breaks today. A violation that is not listed here fails the suite, and so does one that is listed and
 * does not show any more: remove its line with the change that mends it.
 */
export const knownViolations: readonly KnownViolation[] = [
  {
    rule: 'A write that was not answered is followed by a poll, never by the same write in another process.',
    histories: [
      'aws update handing-off: answer-lost-then-503 at UpdateStack#1',
      'aws twoUpdates handing-off: answer-lost-then-503 at UpdateStack#1',
      'aws failingUpdate handing-off: answer-lost-then-503 at UpdateStack#1',
    ],
    shows: /Timed out after .* \(from before\)|the reason is Timed out/,
  },
  {
    rule: 'A Delete without an id that is delivered again after ROS has made the resource anew touches nothing.',
    histories: ['* recreate *: again-after-* at *', '* recreate *: killed-after* at callback#2'],
    shows:
      /^nothing stands, where it should be \["two"\]$|^Create: FAILED \(Stack \S+ was deleted while|NOTHING/,
  },
  {
    rule: 'An Update that is delivered again after a later Update touches nothing.',
    histories: [
      'heat twoUpdates *: * at *',
      'rfs twoUpdates *: * at *',
      'aos twoUpdates *: * at *',
      'set twoUpdates *: * at *',
      'instances twoUpdates *: * at *',
    ],
    shows: /^\["two"\] stands, where it should be \["three"\]$/,
  },
  {
    rule: 'Stack instances: a Delete or an Update that is delivered again after ROS has gone on touches nothing.',
    histories: [
      'instances recreateAfterDelete *: again-after-* at *',
      'instances updateThenDelete *: again-after-* at *',
    ],
    shows: /^nothing stands, where it should be \["two"\]$|^stacks are left over/,
  },
  {
    rule: 'A 4xx that depends on the state of the stack, and that the state does not explain yet, means busy for a while.',
    histories: ['aos *: again-now at *'],
    shows: /A lifecycle of the stack is being executed/,
  },
  {
    rule: 'A Delete without an id asks again for a while before it says that there is nothing to delete.',
    histories: [
      'aws failingCreate handing-off: killed-for-good-shown-late at CreateStack#1',
      'heat failingCreate handing-off: killed-for-good-shown-late at POST heat/*/stacks#1',
      'ros failingCreate handing-off: killed-for-good-shown-late at CreateStack#1',
      'rfs failingCreate handing-off: killed-for-good-shown-late at POST */stacks#1',
      'aos failingCreate handing-off: killed-for-good-shown-late at POST stacks#1',
      'instances failingCreate handing-off: killed-for-good-shown-late at POST stack-sets/*/stack-instances#1',
    ],
    shows: /^stacks are left over/,
  },
  {
    rule: 'An Update without a change is not deployed into every account when it is delivered again.',
    histories: ['set unchangedUpdate *: *'],
    shows: /deployed into every account|ROS heard .*StackSetOperationId/,
  },
  {
    rule: 'Only an operation that this request began counts as its own: one target is of one resource.',
    histories: ['instances sharedTarget *: *'],
    shows: /two resources heard SUCCESS for one stack|stands, where it should be/,
  },
  {
    rule: 'The reason of a failed Create is found, however late a second try of the event comes.',
    histories: ['aws failingCreate *: killed-after-retried-late at CreateStack#1'],
    shows: /the cloud gives no reason/,
  },
  {
    rule: 'A 404 that does not say that the stack is missing is no news of the stack: it is asked for again.',
    histories: ['* *: unrelated-404 at *'],
    shows: /404|NotFound|not ?found|was deleted|no longer exists|left over|stands, where/i,
  },
]
