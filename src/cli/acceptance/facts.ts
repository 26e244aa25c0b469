/** A fact about a cloud that no document settles. docs/acceptance.md lists them. */
export interface Fact {
  readonly id: string
  readonly question: string
  /** What the bridge does meanwhile. */
  readonly assumed: string
  /** Why a run cannot see it, for a run without a deployed function. */
  readonly unseen: string
}

/** What a run saw of a fact. `seen: null`: it saw nothing, and `why` says the reason. */
export type Observation =
  | { readonly fact: string; readonly seen: string }
  | { readonly fact: string; readonly seen: null; readonly why: string }

const NEEDS_DEPLOYED = 'only a deployed function can show it: give --deployed'

export const FACTS: readonly Fact[] = [
  {
    id: 'delay-header',
    question: 'Does Function Compute 3.0 honour x-fc-async-delay?',
    assumed: 'Yes, from 1 to 3599 s; a hop that comes early waits in place.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'delay-bounds',
    question: 'Does Function Compute take x-fc-async-delay of 0 or of 3600?',
    assumed: 'No: neither is ever sent.',
    unseen: 'the bridge never sends them, and a run calls the function through ROS alone',
  },
  {
    id: 'async-task',
    question: 'Does the region know task mode (AsyncTask)?',
    assumed: 'Not everywhere: where it is off, a continuation that is sent twice runs twice.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'ros-invocation',
    question: 'Does ROS invoke the function synchronously or asynchronously?',
    assumed: 'Either.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'ros-retries',
    question: 'How often does a call of the function come again after it has failed?',
    assumed: 'Any number of times: a repeated event follows its own operation.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'delete-after-failed-create',
    question: 'Does ROS send a Delete after a failed Create?',
    assumed: 'Yes, without a PhysicalResourceId.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'reverse-update',
    question: 'Does ROS send the reverse Update after a failed Update?',
    assumed: 'Yes.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'ref',
    question: 'What does Ref of a custom resource give?',
    assumed: 'Nothing that a template should use.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'chinese-text',
    question: "Does Chinese text in an answer reach the template's outputs unchanged?",
    assumed: 'Yes: the answer is UTF-8.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'response-limit',
    question: 'Does ROS take an answer of more than 4,096 bytes?',
    assumed: 'No: outputs that do not fit are left out.',
    unseen: NEEDS_DEPLOYED,
  },
  {
    id: 'failure-payload',
    question: 'Is requestPayload in the record of a failure destination text or base64?',
    assumed: 'Either.',
    unseen: 'it needs a call that dies, which a run does not provoke',
  },
  {
    id: 'intranet-url',
    question: "Can the function reach ROS's intranet URL?",
    assumed: 'Perhaps: the public one comes first.',
    unseen: 'the function is not set to use it alone (STACKBRIDGE_RESPONSE_URL_ORDER=intranet)',
  },
  {
    id: 'response-url',
    question: 'What form has the ResponseURL, how long does it live, and what does ROS answer there?',
    assumed: 'Any https address; each 2xx is taken as accepted.',
    unseen: 'only the event holds it, and a run does not see the event',
  },
  {
    id: 'second-answer',
    question: 'What does ROS do with a second answer to one event?',
    assumed: 'Nothing: both say the same.',
    unseen: "it needs the ResponseURL, which only the function's events hold",
  },
  {
    id: 'other-tokens',
    question: 'How do events of a web: or MNS ServiceToken look (signature, SignKey, encoding)?',
    assumed: 'Every documented form is read.',
    unseen: 'a run uses a function as its ServiceToken',
  },
  {
    id: 'client-token',
    question: 'How long does ROS remember a ClientToken?',
    assumed: 'Not for ever: after it a repeated Update runs again.',
    unseen: 'a run does not wait for it',
  },
]

/** Each fact, in the order of the list, with what was seen of it. */
export function observationsOf(seen: readonly Observation[]): readonly Observation[] {
  return FACTS.map(
    ({ id, unseen }) => seen.find(({ fact }) => fact === id) ?? { fact: id, seen: null, why: unseen },
  )
}
