import type { KnownViolation } from './compare.ts'

const WITHOUT_TRACE = ['rfs', 'aos', 'set']

/**
 * Violations that no bridge can prevent, since the cloud has no place to store the needed state. docs/reliability.md lists them
 * with their conditions.
 */
export const limits: readonly KnownViolation[] = [
  {
    rule: 'RFS and AOS keep no trace of what was deleted: a Create that comes again after its Delete makes it anew.',
    histories: [
      'rfs cancelledCreate handing-off: killed-after-retried-late at POST */stacks#1',
      'aos failingCreate handing-off: again-after-20-s at GET stacks/*#1',
    ],
    alsoIn: WITHOUT_TRACE.flatMap((provider) => [
      `${provider} cancelledCreate *: * at *`,
      `${provider} create *: again-after-* at *`,
      `${provider} failingCreate *: again-after-* at *`,
      `${provider} failingCreate in-place: killed-after* at callback#1`,
      `${provider} recreate *: again-after-* at *`,
      `${provider} recreate in-place: killed-after* at callback#1`,
    ]),
    shows: /^stacks are left over|^\["one"\] stands, where it should be \["two"\]$|^more than one stack/,
  },
  {
    rule: 'AOS has no place for the mark of an Update: one that comes again after a later one runs again.',
    histories: [
      'aos failingUpdate in-place: killed-after at callback#1',
      'aos twoUpdates in-place: killed-after-retried-late at callback#1',
    ],
    alsoIn: ['failingUpdate', 'twoUpdates'].flatMap((scenario) => [
      `aos ${scenario} *: again-* at *`,
      `aos ${scenario} in-place: killed-after* at callback#1`,
    ]),
    shows: /^\["two"\] stands, where it should be|^Update: FAILED .* where SUCCESS is true$/,
  },
  {
    rule: 'A request that the cloud carries out after ROS was told FAILED changes what ROS has done since.',
    histories: [
      'rfs twoUpdates handing-off: killed-for-good-shown-late at POST */stacks/*/deployments#1',
      'heat twoUpdates in-place: killed-for-good-shown-late at PUT heat/*/stacks/*/*#1',
    ],
    alsoIn: [
      ...['twoUpdates', 'failingUpdate', 'recreate', 'recreateAfterDelete', 'updateThenDelete'].map(
        (scenario) => `* ${scenario} *: killed-for-good-shown-late at *`,
      ),
      // ROS's Delete removes what the second request made. Then the unanswered request creates the stack again.
      '* cancelledCreate *: applied-after-20-s at *',
      '* recreate *: applied-after-20-s at *',
      'instances failingUpdate *: applied-after-20-s at PATCH *',
      '* twoUpdates *: applied-after-20-s at *',
    ],
    shows:
      /where SUCCESS is true$|stands, where it should be|the outputs are|^stacks are left over|the reason is/,
  },
  {
    rule: 'A change set or execution plan that is made only after its Update was answered stays, and does nothing.',
    histories: ['aws refusedUpdate in-place: applied-after-20-s at CreateChangeSet#1'],
    alsoIn: [
      'aws *Update *: applied-after-20-s at CreateChangeSet#1',
      'rfs *Update *: applied-after-20-s at POST */stacks/*/execution-plans#1',
      'aws move *: applied-after-20-s at CreateChangeSet#*',
      'rfs move *: applied-after-20-s at POST */stacks/*/execution-plans#1',
    ],
    shows: /^plans are left over/,
  },
  {
    rule: 'RFS has no conditional write: of two claims on the same instances at once, one can replace the other unseen.',
    // Two requests race here, so the violation differs between runs.
    histories: [],
    alsoIn: ['instances sharedTarget *: stale-reads at *', 'instances sharedTarget *: again-* at *'],
    shows: /stands, where it should be|^Create: ROS heard/,
  },
  {
    rule: 'RFS has no conditional write: of two Updates that start in the same instant, one can replace the other unseen.',
    histories: [],
    alsoIn: ['failingUpdate', 'twoUpdates'].map((scenario) => `rfs ${scenario} in-place: again-now at *`),
    shows: /^Update: FAILED .* where SUCCESS is true$|stands, where it should be/,
  },
]
