import { format } from 'prettier'
import { FOREIGN_TEMPLATE_LIMITS } from '../src/platform/limits/foreign-templates.ts'
import {
  FUNCTION_COMPUTE_LIMITS,
  LARGEST_RESCUABLE_PAYLOAD_BYTES,
  REGIONS_WITH_TASK_MODE,
  REGIONS_WITHOUT_TASK_MODE,
} from '../src/platform/limits/function-compute.ts'
import { LOG_SERVICE_LIMITS } from '../src/platform/limits/log-service.ts'
import { KMS_LIMITS } from '../src/platform/limits/kms.ts'
import { MNS_LIMITS } from '../src/platform/limits/mns.ts'
import { OOS_LIMITS } from '../src/platform/limits/oos.ts'
import { ROS_LIMITS } from '../src/platform/limits/ros.ts'
import {
  CLOUDFORMATION_SECTION_LIMITS,
  ROS_SECTION_LIMITS,
} from '../src/platform/limits/template-sections.ts'
import type { VendorLimit } from '../src/platform/limits/vendor-limit.ts'
import { MOST_TAGS } from '../src/providers/alibaba-cloud/ros/marks.ts'
import { LONGEST_LABEL } from '../src/providers/huawei-cloud/aos-stack/owner-labels.ts'
import { LONGEST_DESCRIPTION } from '../src/providers/huawei-cloud/rfs-stack/marks.ts'

/** Limits of the foreign clouds; the numbers of marks are the providers' own. */
const FOREIGN_CLOUDS: readonly VendorLimit[] = [
  ...Object.values(FOREIGN_TEMPLATE_LIMITS),
  ...Object.values(CLOUDFORMATION_SECTION_LIMITS),
  ...Object.values(ROS_SECTION_LIMITS),
  {
    what: 'ROS as a foreign cloud: tags of a stack',
    unit: 'tags',
    most: MOST_TAGS,
    source: 'https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack',
    date: '2026-11-28',
  },
  {
    what: "Huawei RFS: a stack's description, which holds the mark",
    unit: 'characters',
    most: LONGEST_DESCRIPTION,
    source: 'https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html',
    date: '2025-11-13',
  },
  {
    what: 'Huawei AOS: a label',
    unit: 'characters',
    most: LONGEST_LABEL,
    source: 'https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html',
    date: '2025-11-13',
  },
]

/** `docs/limits.md`, formatted as the rest of the documents. */
export function limitsPage(): Promise<string> {
  const page = `# Limits of the vendors

English | [简体中文](zh-CN/limits.md)

The code and the sandbox use these limits. \`npm run schemas\` writes this page from \`src/platform/limits\`; edit those files
instead. The date is that of the source, or the day on which it was read. Nothing here was measured on a real account.

## Function Compute

${table(Object.values(FUNCTION_COMPUTE_LIMITS))}

A request of at most ${number(LARGEST_RESCUABLE_PAYLOAD_BYTES)} bytes always fits into the record of a failure destination, also in
base64. If a call with a larger request is killed, and Function Compute does not repeat it any more, nobody can answer ROS:
[what cannot be promised](reliability.md#what-cannot-be-promised).

Task mode (\`asyncTask\`) is documented for ${list(REGIONS_WITH_TASK_MODE)}; not for ${list(REGIONS_WITHOUT_TASK_MODE)}.

## ROS

${table(Object.values(ROS_LIMITS))}

## Simple Message Queue (MNS)

${table(Object.values(MNS_LIMITS))}

## CloudOps Orchestration Service (OOS)

${table(Object.values(OOS_LIMITS))}

## Simple Log Service (SLS)

${table(Object.values(LOG_SERVICE_LIMITS))}

## Key Management Service (KMS)

${table(Object.values(KMS_LIMITS))}

## Foreign clouds

${table(FOREIGN_CLOUDS)}
`
  return format(page, { parser: 'markdown', printWidth: 110, proseWrap: 'always' })
}

function table(limits: readonly VendorLimit[]): string {
  const rows = limits.map(
    ({ what, unit, least, most, byDefault, source, date, note }) =>
      `| ${what} | ${rangeOf(least, most)}${unit === 'URL pattern' ? '' : ` ${unit}`} | ${byDefault === undefined ? '' : number(byDefault)} | [${date}](${source}) | ${note ?? ''} |`,
  )
  return ['| what | allowed | by default | source | note |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

function rangeOf(least: number | undefined, most: number | string): string {
  if (typeof most === 'string') return `\`${most}\``
  return least === undefined ? `at most ${number(most)}` : `${number(least)} to ${number(most)}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
