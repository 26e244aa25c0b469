import { writeJson, type JsonObject } from '../../../platform/json.ts'
import type { FunctionAddress } from '../../../platform/function-address.ts'
import type { AcceptanceCloud } from '../clouds/acceptance-cloud.ts'
import { aliyunRos } from '../clouds/aliyun-ros.ts'
import type { Subject } from '../subject.ts'

/** The custom resource of the stacks that a deployed bridge serves. */
export const SERVED = 'Foreign'

/** Longer than a call polls in place, so that the function hands the operation over. */
const FAILS_AFTER_SECONDS = 12
/** Seconds for what ROS itself does before and after the custom resource. */
const ROS_SECONDS = 120

export interface DeployedBridge {
  readonly serviceToken: string
  readonly address: FunctionAddress
  /** Properties that say where ROS is. */
  readonly ros: JsonObject
  /** Those of the cloud behind the bridge; ROS keeps them in its template. */
  readonly connection: JsonObject
  /** For each event of ROS. */
  readonly timeoutSeconds: number
}

/**
 * A cloud behind a deployed bridge: stacks of ROS, made by the bridge in this process, each with one custom resource whose
 * ServiceToken is the deployed function. So ROS sends that function real events, with real ResponseURLs.
 */
export function deployedSubject(cloud: AcceptanceCloud, bridge: DeployedBridge): Subject {
  const { serviceToken, address, ros, connection, timeoutSeconds } = bridge
  const common = { RegionId: address.region, ...ros, Timeout: timeoutSeconds + ROS_SECONDS }
  return {
    name: `${cloud.name} behind ${address.name}`,
    resourceType: aliyunRos.resourceType,
    cause: /Gate/,
    properties({ name, ...spec }, run) {
      const failing = spec.fails === true ? { failsAfterSeconds: FAILS_AFTER_SECONDS } : {}
      const Stack = cloud.stack({ ...spec, ...failing, name: `${name}-foreign` }, run)
      const Properties = {
        ServiceToken: serviceToken,
        Timeout: timeoutSeconds,
        Parameters: { ...connection, Timeout: timeoutSeconds, Stack },
      }
      return {
        ...common,
        Stack: {
          Name: name,
          Template: writeJson({
            ROSTemplateFormatVersion: '2015-09-01',
            Resources: { [SERVED]: { Type: cloud.resourceType, Properties } },
            Outputs: {
              Value: { Value: { 'Fn::GetAtt': [SERVED, 'Value'] } },
              Ref: { Value: { Ref: SERVED } },
            },
          }),
          DisableRollback: false,
          Tags: { 'stackbridge-acceptance': run },
        },
      }
    },
    reading: (name) => ({ ...common, Mode: 'read-only', Stack: { Name: name } }),
  }
}
