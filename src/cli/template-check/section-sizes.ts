import type { JsonObject } from '../../platform/json.ts'
import { error, warning, type Finding } from '../validate/finding.ts'
import type { Dialect } from './dialect.ts'
import { entriesOf } from './sections.ts'

/** Sections that have more entries than the cloud takes. Loops and `Count` add some that are not counted here. */
export function sectionSizes(document: JsonObject, { cloud, sectionLimits }: Dialect): Finding[] {
  // A stack of ROS does not have the resources whose condition is false.
  const finding = cloud === 'ROS' ? warning : error
  return Object.entries(sectionLimits).flatMap(([section, { most, source }]) => {
    const size = entriesOf(document[section]).length
    return typeof most === 'number' && size > most
      ? [
          finding(
            section,
            `has ${String(size)} entries, and ${cloud} takes ${String(most)} at most. Split the template, for example into nested stacks: ${source}`,
          ),
        ]
      : []
  })
}
