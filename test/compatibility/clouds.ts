import type { Clock } from '../../src/platform/clock.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { THING_TEMPLATE_ID } from '../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { thingTemplate } from '../thing-template.ts'
import { makeStackSet, SET_TEMPLATE } from '../providers/huawei-cloud/stack-set-world.ts'
import {
  aosConnection,
  awsConnection,
  heatConnection,
  rfsConnection,
  rosConnection,
} from '../embedded-connections.ts'

/** The desired stack, independent of the cloud. */
export interface StackSpec {
  readonly value: string
  readonly waitSeconds?: number
  readonly fails?: boolean
  readonly rollsBack?: boolean
  /** AWS: the rollback of an Update fails too. */
  readonly getsStuck?: boolean
  /** The properties allow the provider's repair. */
  readonly repairs?: boolean
}

/** An embedded cloud for one provider, which shares a clock with the bridge. */
export interface RecordingCloud {
  readonly resourceType: string
  /** The endpoint in the properties. */
  readonly url: string
  parameters(spec: StackSpec): JsonObject
  /** Brings a stack into a state that needs a repair; absent if the provider has no repair. */
  readonly repair?: 'failed-create' | 'failed-rollback' | 'status'
  /** For `status`. */
  breakStack?(): void
  close(): Promise<void>
}

export const CLOUDS: Readonly<Record<string, (clock: Clock) => Promise<RecordingCloud>>> = {
  AwsCloudFormation: startAws,
  Heat: startHeat,
  AliyunRos: startAliyunRos,
  HuaweiRfsStack: startRfs,
  HuaweiAosStack: startAos,
  HuaweiRfsStackSet: startStackSet,
  HuaweiRfsStackInstances: startStackInstances,
}

async function startAws(clock: Clock): Promise<RecordingCloud> {
  // The SDK always signs with the real time.
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 10, clock, signatureClock: systemClock })
  return {
    resourceType: 'Custom::AwsCloudFormationStack',
    url: aws.url,
    parameters: (spec) => ({
      ...awsConnection(aws),
      Stack: {
        Name: 'recorded',
        Template: { ...sandboxTemplate(spec) },
        OnFailure: spec.rollsBack === false ? 'DO_NOTHING' : 'ROLLBACK',
        ...(spec.repairs === true ? { ContinueUpdateRollback: true, ResourcesToSkip: ['Stuck'] } : {}),
      },
    }),
    repair: 'failed-rollback',
    close: () => aws.close(),
  }
}

async function startAliyunRos(clock: Clock): Promise<RecordingCloud> {
  const ros = await startSandboxAliyunRos({ resourceDelayMs: 10, clock })
  return {
    resourceType: 'Custom::RosStack',
    url: ros.url,
    parameters: (spec) => ({
      ...rosConnection(ros),
      Stack: {
        Name: 'recorded',
        Template: { ROSTemplateFormatVersion: '2015-09-01', ...sandboxTemplate(spec) },
        DisableRollback: spec.rollsBack === false,
        ...(spec.repairs === true ? { ContinueCreate: true } : {}),
      },
    }),
    repair: 'failed-create',
    close: () => ros.close(),
  }
}

/** CloudFormation's and ROS's. */
function sandboxTemplate({
  value,
  waitSeconds = 0,
  fails = false,
  getsStuck = false,
}: StackSpec): JsonObject {
  const { Resources, Outputs } = thingTemplate({ value, waitSeconds, fails })
  const Stuck = { Type: 'Sandbox::Resource', Properties: { FailOn: 'create,update-rollback', Message: 'no' } }
  return { Resources: { ...Resources, ...(getsStuck ? { Stuck } : {}) }, Outputs }
}

async function startHeat(clock: Clock): Promise<RecordingCloud> {
  const cloud = await startSandboxOpenStack({ clock })
  return {
    resourceType: 'Custom::HeatStack',
    url: new URL(cloud.authUrl).origin,
    parameters: ({ value, waitSeconds = 0, fails = false, rollsBack = true }) => ({
      ...heatConnection(cloud),
      Stack: {
        Name: 'recorded',
        Template: {
          heat_template_version: '2018-08-31',
          resources: {
            thing: {
              type: 'OS::Heat::TestResource',
              properties: { value, fail: fails, wait_secs: waitSeconds },
            },
          },
          outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
        },
        DisableRollback: !rollsBack,
      },
    }),
    close: () => cloud.close(),
  }
}

async function startRfs(clock: Clock): Promise<RecordingCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiRfsStack',
    url: cloud.url,
    parameters: ({ value, waitSeconds = 0, fails = false, rollsBack = true, repairs = false }) => ({
      ...rfsConnection(cloud),
      Stack: {
        Name: 'recorded',
        TemplateBody: SET_TEMPLATE,
        Parameters: { value, fail: fails, wait_seconds: waitSeconds },
        EnableAutoRollback: rollsBack,
      },
      ...(repairs ? { ContinueRollback: true } : {}),
    }),
    repair: 'status',
    breakStack() {
      const stack = cloud.rfs.stacks.get('recorded')
      if (stack !== undefined) stack.status = 'ROLLBACK_FAILED'
    },
    close: () => cloud.close(),
  }
}

async function startAos(clock: Clock): Promise<RecordingCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiAosStack',
    url: cloud.url,
    parameters: ({ value, waitSeconds = 0, fails = false, rollsBack = true }) => ({
      ...aosConnection(cloud),
      Stack: {
        Name: 'recorded',
        TemplateId: THING_TEMPLATE_ID,
        InputsJson: { value, fail: fails, wait_seconds: waitSeconds },
        ActionParameters: { FailureStrategy: rollsBack ? 'Rollback' : 'DoNothing' },
      },
    }),
    close: () => cloud.close(),
  }
}

async function startStackSet(clock: Clock): Promise<RecordingCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiRfsStackSet',
    url: cloud.url,
    parameters: ({ value, waitSeconds = 0, fails = false }) => ({
      ...rfsConnection(cloud),
      StackSet: {
        Name: 'recorded',
        AdministrationAgencyName: 'rfs_admin',
        ManagedAgencyName: 'rfs_member',
        // A set without instances can only fail by its template.
        TemplateBody: fails ? 'resource {' : SET_TEMPLATE,
        Parameters: { value, fail: false, wait_seconds: waitSeconds },
      },
    }),
    close: () => cloud.close(),
  }
}

async function startStackInstances(clock: Clock): Promise<RecordingCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  makeStackSet(cloud, 'recorded_set')
  return {
    resourceType: 'Custom::HuaweiRfsStackInstances',
    url: cloud.url,
    parameters: ({ value, waitSeconds = 0, fails = false }) => ({
      ...rfsConnection(cloud),
      StackSetName: 'recorded_set',
      DeploymentTargets: { Regions: ['region-1'], DomainIds: ['6cbcca2a2f114a63841bdbc7a19b7b12'] },
      VarOverrides: { Parameters: { value, fail: fails, wait_seconds: waitSeconds } },
    }),
    close: () => cloud.close(),
  }
}
