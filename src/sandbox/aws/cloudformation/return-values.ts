import { access } from './return-values/access.ts'
import { compute } from './return-values/compute.ts'
import type { ReturnValues } from './return-values/form.ts'
import { integration } from './return-values/integration.ts'
import { network } from './return-values/network.ts'
import { storage } from './return-values/storage.ts'

export type { ReturnValues } from './return-values/form.ts'

/**
 * What `Ref` and `Fn::GetAtt` give for common types, as the section "Return values" of each type's page says:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 * The names of the attributes are also those of AWS's resource specification (npm's `@aws-cdk/aws-service-spec` 0.1).
 * Attributes that describe another service's use of the resource are left out.
 */
export const RETURN_VALUES: ReadonlyMap<string, ReturnValues> = new Map(
  [network, compute, storage, integration, access].flatMap((table) => Object.entries(table)),
)
