import type { AosStack } from './client.ts'
import { readLabels, userLabels } from './owner-labels.ts'
import type { StackProperties } from './properties.ts'

/** Describes the desired changes that AOS has no call for in an existing stack; empty where there are none. */
export function immutableChanges(desired: StackProperties, before: AosStack): string[] {
  const single = [
    { path: 'Stack.TemplateId', from: before.template_id, to: desired.TemplateId },
    { path: 'Stack.ClusterId', from: before.cluster_id, to: desired.ClusterId },
    { path: 'Stack.Namespace', from: before.namespace, to: desired.Namespace },
    { path: 'Stack.Description', from: before.description, to: desired.Description },
  ].flatMap(({ path, from, to }) =>
    // A value that the properties or AOS's answer leave out counts as unchanged.
    to === undefined || from === undefined || from === null || from === to
      ? []
      : [`${path} cannot change from ${from === '' ? 'nothing' : from} to ${to}: ${ONLY_INPUTS}`],
  )
  const labels = readLabels(before.labels)
  const isOtherLabels = desired.Labels !== undefined && sorted(desired.Labels) !== sorted(userLabels(labels))
  return [...single, ...(isOtherLabels ? [`Stack.Labels cannot change: ${ONLY_INPUTS}`] : [])]
}

const ONLY_INPUTS =
  'AOS changes only the inputs of a stack. Add a resource with another name to the ROS template'

function sorted(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)))
}
