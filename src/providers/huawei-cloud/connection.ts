import * as v from 'valibot'
import { integer, text } from '../properties/property-schema.ts'
import { certificates } from '../properties/value-schemas.ts'
import { SESSION_SECONDS } from './agency.ts'
import { REGION } from './region.ts'
import { suggestedRegion } from '../identifiers/known-regions.ts'
import { HUAWEI_CLOUD_REGIONS } from './known-regions.ts'

/**
 * The region and credentials: properties that every resource type of Huawei Cloud has in addition to its own. Names are
 * those of Huawei's Terraform provider, in Pascal case.
 * https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/index.md#configuration-reference
 */

const auth = v.strictObject({
  ...v.entriesFromList(
    [
      'AccessKey',
      'SecretKey',
      'SecurityToken',
      'UserName',
      'UserId',
      'Password',
      'Token',
      'DomainName',
      'DomainId',
      'ProjectName',
      'ProjectId',
      'AuthUrl',
    ],
    v.optional(text),
  ),
})

/** It becomes a part of a host name. */
const region = v.pipe(
  text,
  v.regex(
    REGION,
    ({ input }) =>
      `must be the id of a region, for example cn-north-4${suggestedRegion(input, HUAWEI_CLOUD_REGIONS)}`,
  ),
)

/** https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html */
const assumeRole = v.strictObject({
  AgencyName: text,
  DomainName: v.optional(text),
  DomainId: v.optional(text),
  DurationSeconds: v.optional(integer(SESSION_SECONDS.least, SESSION_SECONDS.most)),
})

export const huaweiConnection = {
  Auth: v.optional(auth),
  /** The agency of another account whose rights the credentials take up. */
  AssumeRole: v.optional(assumeRole),
  Region: v.optional(region),
  /** The service's address; it replaces the region's. */
  Endpoint: v.optional(text),
  CACert: v.optional(certificates),
}

export type HuaweiConnection = v.InferOutput<v.ObjectSchema<typeof huaweiConnection, undefined>>
export type HuaweiAuth = NonNullable<HuaweiConnection['Auth']>
