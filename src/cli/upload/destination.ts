import {
  ENVIRONMENT_REGION as OSS_REGION,
  REGION as OSS_REGION_GRAMMAR,
} from '../../providers/alibaba-cloud/ros/region.ts'
import {
  ENVIRONMENT_REGION as AWS_REGION,
  REGION as AWS_REGION_GRAMMAR,
} from '../../providers/aws/cloudformation/region.ts'
import {
  ENVIRONMENT_REGION as OBS_REGION,
  REGION as OBS_REGION_GRAMMAR,
} from '../../providers/huawei-cloud/region.ts'
import { environmentRegion, type RegionVariables } from '../../providers/identifiers/environment-region.ts'
import type { Environment } from '../../platform/settings.ts'
import { UsageError } from '../usage-error.ts'

/** Where files can be put. `web`: any server that takes PUT, such as Swift or WebDAV. */
export type DestinationKind = 's3' | 'oss' | 'obs' | 'web'

export interface BucketDestination {
  readonly kind: Exclude<DestinationKind, 'web'>
  readonly bucket: string
  /** Ends with `/` unless it is empty. */
  readonly prefix: string
  readonly region: string
}

export type Destination =
  | BucketDestination
  /** `base` ends with `/`. */
  | { readonly kind: 'web'; readonly base: string }

/** How each kind is written, for messages. */
export const FORMS: Readonly<Record<DestinationKind, string>> = {
  s3: 's3://BUCKET/PREFIX',
  oss: 'oss://BUCKET/PREFIX',
  obs: 'obs://BUCKET/PREFIX',
  web: 'https://HOST/PATH/',
}

const REGIONS: Readonly<Record<BucketDestination['kind'], RegionVariables>> = {
  s3: { ...AWS_REGION, grammar: AWS_REGION_GRAMMAR },
  oss: { ...OSS_REGION, grammar: OSS_REGION_GRAMMAR },
  obs: { ...OBS_REGION, grammar: OBS_REGION_GRAMMAR },
}

/** What no store has to encode in a path, so that the address and the signature are about the same bytes. */
const BUCKET_ADDRESS =
  /^(s3|oss|obs):\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/[\w./-]{0,500})?(?:\?region=([\w-]{1,63}))?$/
const LONGEST_BASE = 1000

/** Reads the value of `--upload-to`. A bucket's region is that of `?region=`, else of the environment. Throws `UsageError`. */
export function readDestination(text: string, environment: Environment): Destination {
  if (/^https?:\/\//.test(text)) return { kind: 'web', base: readBase(text) }
  const [, kind, bucket = '', path = '', region] = BUCKET_ADDRESS.exec(text) ?? []
  if (!isBucketKind(kind))
    throw new UsageError(
      `--upload-to ${text.slice(0, LONGEST_BASE)}: must be one of ${Object.values(FORMS).join(', ')}, with ?region=REGION after a bucket's; PREFIX holds only letters, digits and characters of _.-/`,
    )
  // The certificates of virtual hosts are for one label.
  if (kind === 's3' ? bucket.includes('..') : bucket.includes('.'))
    throw new UsageError(
      `--upload-to ${text}: ${bucket} cannot be a part of a host name; use a bucket without dots`,
    )
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.some((part) => /^\.+$/.test(part)))
    throw new UsageError(`--upload-to ${text}: the prefix must not have parts of dots alone`)
  return {
    kind,
    bucket,
    prefix: parts.map((part) => `${part}/`).join(''),
    region: regionOf(kind, region, text, environment),
  }
}

function isBucketKind(kind: string | undefined): kind is BucketDestination['kind'] {
  return kind === 's3' || kind === 'oss' || kind === 'obs'
}

function regionOf(
  kind: BucketDestination['kind'],
  given: string | undefined,
  text: string,
  environment: Environment,
): string {
  const { grammar, rule, variables } = REGIONS[kind]
  if (given !== undefined) {
    if (grammar.test(given)) return given
    throw new UsageError(`--upload-to ${text}: region must be ${rule}`)
  }
  const read = environmentRegion(REGIONS[kind], { environment })
  if (!read.ok) throw new UsageError(`${read.problem.path} ${read.problem.problem}`)
  if (read.region !== undefined) return read.region
  throw new UsageError(
    `--upload-to ${text}: the bucket's region is not known; add ?region=REGION, or set ${variables.join(' or ')}`,
  )
}

function readBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hostname === '' || text.length > LONGEST_BASE)
    throw new UsageError(`--upload-to must be a URL of at most ${String(LONGEST_BASE)} characters`)
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      '--upload-to must not hold a user or a password; give the header that the server needs with --upload-header-from',
    )
  // A signed URL is for one name, and the name of a template is known only once its bytes are.
  if (url.search !== '' || url.hash !== '')
    throw new UsageError(
      '--upload-to must not hold a query: each template gets a name of its own below this address',
    )
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
