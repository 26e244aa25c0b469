import { awsCloudFormationStarter } from './aws-cloudformation.ts'
import { heatStarter } from './heat.ts'
import type { Starter } from './starter.ts'

/** One a cloud. */
export const starters: readonly Starter[] = [awsCloudFormationStarter, heatStarter]
